package org.emperor.linux.plan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.spec.Resource;
import org.emperor.spec.ResourceLimit;
import org.jspecify.annotations.Nullable;

/** Turns the Linux settings of a spec into {@link JailSettings}, telling every problem with its position. */
final class JailReader {
    private static final int LARGEST_ADJUSTMENT = 1000; // proc_pid_oom_score_adj(5)
    private static final int LONGEST_HOSTNAME = 64; // __NEW_UTS_LEN, uname(2)

    /** Of all vassals that ask for no jail, at each of their launches. */
    private static final JailSettings PLAIN = new JailReader().settings(List.of());

    private final List<Problem> problems = new ArrayList<>();
    private @Nullable HookReader hooks;
    private @Nullable UnshareReader unshare;
    private final Set<Namespace> namespaces = EnumSet.noneOf(Namespace.class);
    private Optional<String> hostname = Optional.empty();
    private Optional<String> namespaceRoot = Optional.empty();
    private final List<Setting> keptMounts = new ArrayList<>();
    private UnshareSettings unshared = UnshareSettings.NONE;
    private Optional<JailSettings.PivotRoot> pivotRoot = Optional.empty();
    private Optional<String> chroot = Optional.empty();
    private @Nullable UserReader users; // few files need one
    private Optional<IoPriority> ioPriority = Optional.empty();
    private OptionalInt oomScoreAdj = OptionalInt.empty();
    private final List<ResourceLimit> limits = new ArrayList<>();
    private @Nullable CgroupReader cgroups;
    private @Nullable FileSystemReader files;
    private @Nullable PrivilegeReader privileges;
    private @Nullable SetnsReader setns;
    private @Nullable NetworkReader network;

    private JailReader() {}

    static JailSettings read(List<Setting> settings) {
        return settings.isEmpty() ? PLAIN : new JailReader().settings(settings);
    }

    static List<Problem> check(List<Setting> settings) {
        JailReader reader = new JailReader();
        reader.settings(settings);
        return List.copyOf(reader.problems);
    }

    private JailSettings settings(List<Setting> settings) {
        settings.forEach(this::read);
        FileSystemSettings fileSystem = files == null ? FileSystemSettings.NONE : files.settings();
        Optional<NetworkSettings> networked = Optional.ofNullable(network).map(it -> it.settings(namespaces));
        namespaces.addAll(fileSystem.preset().namespaces());
        if (networked.isPresent() && networked.get().mode() == NetworkSettings.Mode.HOST) {
            namespaces.remove(Namespace.NET); // of a preset
        }
        unshared = unshare == null ? unshared : unshare.settings(namespaces);
        settings.forEach(this::checkNeeds);
        HookSettings hooked = hooks == null ? HookSettings.NONE : hooks.settings(namespaces, unshared);
        ProcessSettings process = new ProcessSettings(ioPriority, oomScoreAdj, limits);
        return new JailSettings(
                namespaces,
                hostname,
                namespaceRoot,
                kept(),
                pivotRoot,
                chroot,
                unshared,
                hooked,
                process,
                users(hooked),
                fileSystem,
                privileges(fileSystem),
                networked,
                Optional.ofNullable(cgroups).map(CgroupReader::settings),
                setns == null ? SetnsSettings.NONE : setns.settings());
    }

    private UserSettings users(HookSettings hooked) {
        if (users == null) {
            return UserSettings.NONE;
        }
        return users.settings(namespaces, JailSettings.newRoot(namespaceRoot, pivotRoot, chroot), hooked);
    }

    private void read(Setting setting) {
        switch (setting.key()) {
            case "clone" -> clone(setting);
            case "hostname" -> hostname(setting, setting.value());
            case "namespace" -> namespace(setting);
            case "pivot-root" -> pivotRoot(setting);
            case "chroot" -> chroot = absolute(setting, setting.value());
            case "namespace-net" -> namespaceNet(setting);
            case "namespace-keep-mount" -> keptMounts.add(setting);
            case "unshare", "unshare2", "refork", "refork-as-root", "refork-post-jail" ->
                unshare().read(setting);
            case "ionice" -> ioPriority(setting);
            case "oom-score-adj" -> oomScoreAdj(setting);
            case "user-range", "uid-map", "gid-map", "map-host-users", "root-idmap" -> users(setting);
            case "jail-preset",
                    "read-only",
                    "private-tmp",
                    "private-run",
                    "private-dev",
                    "hide-proc",
                    "bind",
                    "bind-ro",
                    "tmpfs",
                    "mask",
                    "credentials" -> files().read(setting);
            case PrivilegeOptions.CAP,
                    PrivilegeOptions.CAP_KEEP,
                    PrivilegeOptions.NO_NEW_PRIVS,
                    PrivilegeOptions.SECCOMP,
                    PrivilegeOptions.SECCOMP_CONTENT,
                    PrivilegeOptions.LANDLOCK -> privileges().read(setting);
            case "setns",
                    "setns-socket",
                    "setns-socket-mode",
                    "setns-socket-owner",
                    "setns-socket-skip",
                    "setns-socket-user",
                    "setns-preopen" -> setns().read(setting);
            case NetworkReader.NET,
                    NetworkReader.ADDRESS,
                    NetworkReader.GATEWAY,
                    NetworkReader.NAME,
                    NetworkReader.MTU,
                    NetworkReader.MAC -> network().read(setting);
            default -> {
                if (CgroupOptions.has(setting.key())) {
                    cgroups(setting);
                } else if (!HookReader.knows(setting.key())) {
                    limit(setting);
                } else {
                    hooks().read(setting);
                }
            }
        }
    }

    private SetnsReader setns() {
        SetnsReader reader = setns == null ? new SetnsReader(problems) : setns;
        setns = reader;
        return reader;
    }

    private void cgroups(Setting setting) {
        CgroupReader reader = cgroups == null ? new CgroupReader(problems) : cgroups;
        cgroups = reader;
        reader.read(setting);
    }

    private void users(Setting setting) {
        UserReader reader = users == null ? new UserReader(problems) : users;
        reader.read(setting);
        users = reader;
    }

    /** Made for the first key of its own: most vassals have none. */
    private FileSystemReader files() {
        if (files == null) {
            files = new FileSystemReader(problems);
        }
        return files;
    }

    /** Made for the first of its keys: most files have none. */
    private HookReader hooks() {
        HookReader reader = hooks;
        if (reader == null) {
            reader = new HookReader(problems);
            hooks = reader;
        }
        return reader;
    }

    private UnshareReader unshare() {
        UnshareReader reader = unshare;
        if (reader == null) {
            reader = new UnshareReader(problems);
            unshare = reader;
        }
        return reader;
    }

    /** Read last, for a mount below the root keeps its place in it. */
    private List<JailSettings.KeptMount> kept() {
        if (keptMounts.isEmpty()) {
            return List.of();
        }
        KeptMountReader reader = new KeptMountReader(problems, namespaceRoot);
        List<JailSettings.KeptMount> kept = new ArrayList<>();
        keptMounts.forEach(setting -> reader.read(setting).ifPresent(kept::add));
        return kept;
    }

    private PrivilegeReader privileges() {
        if (privileges == null) {
            privileges = new PrivilegeReader(problems);
        }
        return privileges;
    }

    private Privileges privileges(FileSystemSettings fileSystem) {
        boolean asked = privileges != null || fileSystem.preset() != Preset.NONE;
        return asked ? privileges().privileges(fileSystem) : Privileges.UNCHANGED;
    }

    private NetworkReader network() {
        if (network == null) {
            network = new NetworkReader(problems);
        }
        return network;
    }

    private void namespaceNet(Setting setting) {
        if (!List.of("false", "no", "off", "0").contains(setting.value().toLowerCase(Locale.ROOT))) {
            namespaces.add(Namespace.NET);
        }
    }

    private void ioPriority(Setting setting) {
        ioPriority = IoPriority.parse(setting.value());
        if (ioPriority.isEmpty()) {
            problem(setting, "no such class and level", "allowed: " + IoPriority.ALLOWED);
        }
    }

    private void oomScoreAdj(Setting setting) {
        int value = Integer.parseInt(setting.value()); // its form was checked: a number
        if (value < -LARGEST_ADJUSTMENT || value > LARGEST_ADJUSTMENT) {
            problem(setting, "out of range", "write -1000 to 1000");
        }
        oomScoreAdj = OptionalInt.of(value);
    }

    private void limit(Setting setting) {
        for (Resource resource : LinuxOptions.LIMITED) {
            if (resource.key().equals(setting.key())) {
                ResourceLimit.parse(resource, setting.value()).value().ifPresent(limits::add);
                return;
            }
        }
        problem(setting, "is no key of Linux jails", "");
    }

    private void clone(Setting setting) {
        for (String word : setting.value().split(",", -1)) {
            String name = word.strip();
            Namespace.parse(name)
                    .ifPresentOrElse(
                            namespaces::add,
                            () -> problem(
                                    setting,
                                    "unknown namespace \"" + name + "\"",
                                    "known are fs net ipc uts pid user cgroup time"));
        }
    }

    private void hostname(Setting setting, String name) {
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > LONGEST_HOSTNAME) {
            problem(setting, "a host name has 1 to 64 bytes", "");
        }
        hostname = Optional.of(name);
    }

    private void namespace(Setting setting) {
        int colon = setting.value().indexOf(':');
        String root = colon < 0 ? setting.value() : setting.value().substring(0, colon);
        if (colon >= 0) {
            hostname(setting, setting.value().substring(colon + 1));
        }
        namespaceRoot = absolute(setting, root);
        namespaces.addAll(EnumSet.of(Namespace.FS, Namespace.IPC, Namespace.UTS, Namespace.PID));
    }

    private void pivotRoot(Setting setting) {
        String[] words = setting.value().strip().split(" +", -1);
        if (words.length != 2) {
            problem(setting, "needs two directories", "write pivot-root = NEW NEW/OLD");
            return;
        }
        Optional<String> fresh = absolute(setting, words[0]);
        String prefix = words[0].endsWith("/") ? words[0] : words[0] + "/";
        if (!words[1].startsWith(prefix) || words[1].length() == prefix.length()) {
            problem(setting, "the second directory must lie below the first", "write pivot-root = NEW NEW/OLD");
            return;
        }
        pivotRoot = fresh.map(root -> new JailSettings.PivotRoot(root, words[1].substring(prefix.length())));
    }

    /** What only makes sense in a namespace of one's own would otherwise change the host. */
    private void checkNeeds(Setting setting) {
        switch (setting.key()) {
            case "hostname" -> need(setting, Namespace.UTS);
            case "namespace-net" -> {
                if (namespaceRoot.isEmpty()) {
                    problem(setting, "counts only beside namespace", "write clone = net");
                }
            }
            case "pivot-root" -> need(setting, Namespace.FS);
            default -> {
                if (setns != null && SetnsReader.reads(setting.key())) {
                    setns.checkNeeds(setting);
                }
                if (files != null) {
                    files.check(setting, namespaces);
                }
            }
        }
    }

    private void need(Setting setting, Namespace namespace) {
        boolean early = namespaces.contains(namespace) || unshared.early().contains(namespace);
        if (!early && !(setting.key().equals("hostname") && unshared.late().contains(namespace))) {
            problem(
                    setting,
                    "would change the host without a namespace of its own",
                    "add " + namespace.word() + " to clone");
        }
    }

    private Optional<String> absolute(Setting setting, String path) {
        if (!path.startsWith("/")) {
            problem(setting, "\"" + path + "\" is not an absolute path", "start it with /");
            return Optional.empty();
        }
        return Optional.of(path);
    }

    private void problem(Setting setting, String rule, String remedy) {
        problems.add(new Problem(setting.position(), setting.key(), rule, remedy));
    }
}
