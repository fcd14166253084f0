package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.spec.Form;
import org.jspecify.annotations.Nullable;

/** Turns the Linux settings of a spec into {@link JailSettings}, telling every problem with its position. */
final class JailReader {
    static final String HOST_NAME = "use 1 to 64 of A-Z a-z 0-9 - . _";

    private static final int LONGEST_HOSTNAME = 64; // __NEW_UTS_LEN, uname(2)

    /** Of all vassals that ask for no jail, at each of their launches. */
    private static final JailSettings PLAIN = new JailReader().settings(List.of());

    private final List<Problem> problems = new ArrayList<>();
    private final RootReader roots = new RootReader(problems);
    private final ProcessReader process = new ProcessReader(problems);
    private final Set<Namespace> namespaces = EnumSet.noneOf(Namespace.class);
    private Optional<String> hostname = Optional.empty();
    private UnshareSettings unshared = UnshareSettings.NONE;

    // Made for the first of their keys: most files have none.
    private @Nullable UserReader users;
    private @Nullable UnshareReader unshare;
    private @Nullable HookReader hooks;
    private @Nullable CgroupReader cgroups;
    private @Nullable FileSystemReader files;
    private @Nullable PrivilegeReader privileges;
    private @Nullable SetnsReader setns;
    private @Nullable NetworkReader network;
    private @Nullable LookupReader lookup;

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
        RootReader.Roots root = roots.roots();
        LookupSettings lookedUp = lookup(fileSystem, networked, hooked, root);
        return new JailSettings(
                namespaces,
                hostname,
                root.namespace(),
                root.keptMounts(),
                root.pivot(),
                root.chroot(),
                unshared,
                hooked,
                process.settings(),
                users(root, hooked),
                fileSystem,
                privileges(fileSystem),
                networked,
                lookedUp,
                Optional.ofNullable(cgroups).map(CgroupReader::settings),
                setns == null ? SetnsSettings.NONE : setns.settings());
    }

    private UserSettings users(RootReader.Roots root, HookSettings hooked) {
        if (users == null) {
            return UserSettings.NONE;
        }
        Optional<String> fresh = JailSettings.newRoot(root.namespace(), root.pivot(), root.chroot());
        return users.settings(namespaces, fresh, hooked);
    }

    /** A network of its own with a way out is of little use with whom the host asks, or a root that asks nobody. */
    private LookupSettings lookup(
            FileSystemSettings files, Optional<NetworkSettings> networked, HookSettings hooked, RootReader.Roots root) {
        boolean ownRoot = JailSettings.newRoot(root.namespace(), root.pivot(), root.chroot())
                .isPresent();
        boolean usual = networked.isPresent()
                && networked.get().isWired()
                && namespaces.contains(Namespace.FS)
                && (files.preset() != Preset.NONE || ownRoot)
                && (namespaces.contains(Namespace.PID) || !unshared.has(Namespace.PID));
        if (lookup == null && !usual) {
            return LookupSettings.KEEP;
        }
        Set<String> covered = new HashSet<>(hooked.mountPoints());
        files.mounts().forEach(mount -> covered.add(mount.target()));
        root.keptMounts().forEach(kept -> covered.add(kept.target()));
        return lookup().settings(namespaces, usual, covered);
    }

    private void read(Setting setting) {
        switch (setting.key()) {
            case "clone" -> clone(setting);
            case "hostname" -> hostname(setting, setting.value());
            case "namespace" -> namespace(setting);
            case "pivot-root" -> roots.pivotRoot(setting);
            case "chroot" -> roots.chroot(setting);
            case "namespace-net" -> namespaceNet(setting);
            case "namespace-keep-mount" -> roots.keepMount(setting);
            case "unshare", "unshare2", "refork", "refork-as-root", "refork-post-jail" ->
                unshare().read(setting);
            case "user-range", "uid-map", "gid-map", "map-host-users", "root-idmap" -> users().read(setting);
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
            case NetworkReader.NET,
                    NetworkReader.ADDRESS,
                    NetworkReader.GATEWAY,
                    NetworkReader.NAME,
                    NetworkReader.MTU,
                    NetworkReader.MAC -> network().read(setting);
            case LookupReader.RESOLV_CONF,
                    LookupReader.DNS,
                    LookupReader.DNS_SEARCH,
                    LookupReader.DNS_OPTION,
                    LookupReader.HOSTS,
                    LookupReader.ADD_HOST -> lookup().read(setting);
            default -> others(setting);
        }
    }

    private void others(Setting setting) {
        if (SetnsReader.reads(setting.key())) {
            setns().read(setting);
        } else if (CgroupOptions.has(setting.key())) {
            cgroups().read(setting);
        } else if (HookReader.knows(setting.key())) {
            hooks().read(setting);
        } else {
            process.read(setting);
        }
    }

    private Privileges privileges(FileSystemSettings fileSystem) {
        boolean asked = privileges != null || fileSystem.preset() != Preset.NONE;
        return asked ? privileges().privileges(fileSystem) : Privileges.UNCHANGED;
    }

    private UserReader users() {
        if (users == null) {
            users = new UserReader(problems);
        }
        return users;
    }

    private UnshareReader unshare() {
        if (unshare == null) {
            unshare = new UnshareReader(problems);
        }
        return unshare;
    }

    private FileSystemReader files() {
        if (files == null) {
            files = new FileSystemReader(problems);
        }
        return files;
    }

    private PrivilegeReader privileges() {
        if (privileges == null) {
            privileges = new PrivilegeReader(problems);
        }
        return privileges;
    }

    private NetworkReader network() {
        if (network == null) {
            network = new NetworkReader(problems);
        }
        return network;
    }

    private LookupReader lookup() {
        if (lookup == null) {
            lookup = new LookupReader(problems);
        }
        return lookup;
    }

    private CgroupReader cgroups() {
        if (cgroups == null) {
            cgroups = new CgroupReader(problems);
        }
        return cgroups;
    }

    private SetnsReader setns() {
        if (setns == null) {
            setns = new SetnsReader(problems);
        }
        return setns;
    }

    private HookReader hooks() {
        if (hooks == null) {
            hooks = new HookReader(problems);
        }
        return hooks;
    }

    private void namespaceNet(Setting setting) {
        if (Form.isOn(setting.value())) {
            namespaces.add(Namespace.NET);
        }
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
        if (!isHostName(name)) {
            problem(setting, "not the name of a host", HOST_NAME);
        }
        hostname = Optional.of(name);
    }

    /** The kernel takes anything; who reads it, as a shell's prompt or a log, does not. */
    static boolean isHostName(String name) {
        return name.matches("[A-Za-z0-9._-]{1," + LONGEST_HOSTNAME + "}");
    }

    private void namespace(Setting setting) {
        int colon = setting.value().indexOf(':');
        String root = colon < 0 ? setting.value() : setting.value().substring(0, colon);
        if (colon >= 0) {
            hostname(setting, setting.value().substring(colon + 1));
        }
        roots.namespace(setting, root);
        namespaces.addAll(EnumSet.of(Namespace.FS, Namespace.IPC, Namespace.UTS, Namespace.PID));
    }

    /** What only makes sense in a namespace of one's own would otherwise change the host. */
    private void checkNeeds(Setting setting) {
        switch (setting.key()) {
            case "hostname" -> need(setting, Namespace.UTS);
            case "namespace-net" -> {
                if (!roots.hasNamespace()) {
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

    private void problem(Setting setting, String rule, String remedy) {
        problems.add(new Problem(setting.position(), setting.key(), rule, remedy));
    }
}
