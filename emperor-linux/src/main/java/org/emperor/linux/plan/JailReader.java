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

    private final List<Problem> problems = new ArrayList<>();
    private final HookReader hooks = new HookReader(problems);
    private final Set<Namespace> namespaces = EnumSet.noneOf(Namespace.class);
    private Optional<String> hostname = Optional.empty();
    private Optional<String> namespaceRoot = Optional.empty();
    private Optional<JailSettings.PivotRoot> pivotRoot = Optional.empty();
    private Optional<String> chroot = Optional.empty();
    private final List<HookAction> postJail = new ArrayList<>();
    private final List<HookAction> inJail = new ArrayList<>();
    private final List<HookAction> asRoot = new ArrayList<>();

    private Optional<IoPriority> ioPriority = Optional.empty();
    private OptionalInt oomScoreAdj = OptionalInt.empty();
    private final List<ResourceLimit> limits = new ArrayList<>();

    private @Nullable SetnsReader setns;

    private JailReader() {}

    static JailSettings read(List<Setting> settings) {
        return new JailReader().settings(settings);
    }

    /** Without the namespaces that are joined instead of made, by their names in {@code /proc/PID/ns}. */
    static JailSettings read(List<Setting> settings, List<String> joined) {
        JailReader reader = new JailReader();
        JailSettings all = reader.settings(settings);
        if (joined.isEmpty() || all.setns().join().isEmpty()) {
            return all;
        }
        reader.namespaces.removeIf(namespace -> namespace.isAmong(joined));
        return reader.settings();
    }

    static List<Problem> check(List<Setting> settings) {
        JailReader reader = new JailReader();
        reader.settings(settings);
        return List.copyOf(reader.problems);
    }

    private JailSettings settings(List<Setting> settings) {
        settings.forEach(this::read);
        settings.forEach(this::checkNeeds);
        return settings();
    }

    private JailSettings settings() {
        ProcessSettings process = new ProcessSettings(ioPriority, oomScoreAdj, limits);
        return new JailSettings(
                namespaces,
                hostname,
                namespaceRoot,
                pivotRoot,
                chroot,
                postJail,
                inJail,
                asRoot,
                process,
                setns == null ? SetnsSettings.NONE : setns.settings());
    }

    private void read(Setting setting) {
        switch (setting.key()) {
            case "clone" -> clone(setting);
            case "hostname" -> hostname(setting, setting.value());
            case "namespace" -> namespace(setting);
            case "pivot-root" -> pivotRoot(setting);
            case "chroot" -> chroot = absolute(setting, setting.value());
            case "hook-post-jail" -> hooks.read(setting).ifPresent(postJail::add);
            case "hook-in-jail" -> hooks.read(setting).ifPresent(inJail::add);
            case "hook-as-root" -> hooks.read(setting).ifPresent(asRoot::add);
            case "namespace-net" -> namespaceNet(setting);
            case "ionice" -> ioPriority(setting);
            case "oom-score-adj" -> oomScoreAdj(setting);
            default -> {
                if (SetnsReader.reads(setting.key())) {
                    setns().read(setting);
                } else {
                    limit(setting);
                }
            }
        }
    }

    private SetnsReader setns() {
        SetnsReader reader = setns == null ? new SetnsReader(problems) : setns;
        setns = reader;
        return reader;
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
            if (name.equals("time")) {
                problem(setting, "namespace \"time\" is not supported yet", "leave it out");
            } else {
                Namespace.parse(name)
                        .ifPresentOrElse(
                                namespaces::add,
                                () -> problem(
                                        setting,
                                        "unknown namespace \"" + name + "\"",
                                        "known are fs net ipc uts pid user cgroup"));
            }
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
            case "pivot-root", "hook-post-jail", "hook-in-jail", "hook-as-root" -> need(setting, Namespace.FS);
            default -> {
                if (SetnsReader.reads(setting.key())) {
                    setns().checkNeeds(setting);
                }
            }
        }
    }

    private void need(Setting setting, Namespace namespace) {
        if (!namespaces.contains(namespace)) {
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
