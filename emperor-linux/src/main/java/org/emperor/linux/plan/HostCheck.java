package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.spec.Durations;
import org.emperor.spec.Option;
import org.emperor.spec.Options;
import org.emperor.spec.Program;
import org.emperor.spec.Resource;
import org.emperor.spec.ResourceLimit;
import org.emperor.spec.VassalSpec;
import org.jspecify.annotations.Nullable;

/** What this host can never do of a spec. It is refused when it is read: a launch that cannot succeed is not tried again and again. */
final class HostCheck {
    static final String AS_ROOT = "run the emperor as root, or remove it";

    private final VassalSpec spec;
    private final LinuxFacts facts;
    private final JailSettings jail;
    private final List<Problem> problems = new ArrayList<>();

    HostCheck(VassalSpec spec, LinuxFacts facts, JailSettings jail) {
        this.spec = spec;
        this.facts = facts;
        this.jail = jail;
    }

    /** In file order. */
    List<Problem> problems() {
        checkNamespaces();
        checkMounts();
        if (spec.limits().pidsMax().isPresent() || jail.cgroups().isPresent()) {
            new CgroupCheck(this, spec, facts, jail).run();
        }
        checkPriorities();
        checkWaits();
        checkAtExit();
        spec.limits().resources().forEach(this::check);
        jail.process().limits().forEach(this::check);
        if (problems.size() > 1) {
            problems.sort(Comparator.<Problem>comparingInt(
                            problem -> problem.position().line())
                    .thenComparingInt(problem -> problem.position().column()));
        }
        return problems;
    }

    /** The launch thread enters the jail's namespace for a moment. */
    private void checkNetwork() {
        boolean may = facts.means().has(Means.CAP_NET_ADMIN) && facts.means().has(Means.CAP_SYS_ADMIN);
        if (jail.isWired() && !may) {
            problem(
                    "net",
                    "needs CAP_NET_ADMIN and CAP_SYS_ADMIN, which this emperor has not",
                    "write net = none, or " + AS_ROOT);
        }
    }

    private void checkNamespaces() {
        boolean user = jail.has(Namespace.USER);
        checkUnshare();
        boolean own = !jail.namespaces().isEmpty() || !jail.unshare().isEmpty();
        if (!user && own && !facts.means().has(Means.CAP_SYS_ADMIN)) {
            String key = List.of("clone", "namespace", "unshare", "net").stream()
                    .filter(this::isGiven)
                    .findFirst()
                    .orElse("jail-preset");
            problem(key, "needs CAP_SYS_ADMIN, which this emperor has not", "add user to clone, or " + AS_ROOT);
        }
        if (jail.owns(Namespace.TIME) && !(facts.clone3() && facts.isKernelSince(6, 3))) {
            String key = jail.has(Namespace.TIME) ? "clone" : "unshare";
            problem(key, "a time namespace needs clone3 of Linux 6.3, which is not to be had here", "leave out time");
        }
        if (!user && jail.chroot().isPresent() && !facts.means().has(Means.CAP_SYS_CHROOT)) {
            problem("chroot", "needs CAP_SYS_CHROOT, which this emperor has not", "write clone = user, or " + AS_ROOT);
        }
        boolean setns = jail.setns().join().isPresent() || jail.setns().offer().isPresent();
        if (!facts.root() && setns) {
            problem(isGiven("setns") ? "setns" : "setns-socket", "needs an emperor that runs as root", AS_ROOT);
        }
        checkNetwork();
        if (user || !facts.changesIds()) {
            new UserCheck(this, spec, facts, jail).check();
        }
        if (!UnshareReader.isPossible(jail.unshare(), spec.program().init())) {
            String key = isGiven("unshare") ? "unshare" : "unshare2";
            problem(key, "a PID namespace that is not clone's needs a resident init", "add pid to clone instead");
        }
    }

    /** What is made late cannot be seen by what is done, or served, before. */
    private void checkUnshare() {
        if (!jail.unshare().has(Namespace.PID)) {
            return;
        }
        boolean arranges = jail.files().isAny() || jail.lookup().isAsked();
        if (arranges && !jail.has(Namespace.PID)) {
            problem(
                    "unshare",
                    "jail-preset and what arranges files make a /proc before this PID namespace is there",
                    "write clone = pid");
        }
        if (jail.setns().offer().isPresent() && !jail.unshare().late().isEmpty()) {
            problem(
                    isGiven("unshare2") ? "unshare2" : "unshare",
                    "setns-socket could not give away what is made after this PID namespace",
                    "write clone");
        }
    }

    /** mount_setattr(2) is of 5.12; without it flags would be set only after a mount can be reached. */
    private void checkMounts() {
        boolean arranges = jail.files().isAny() || jail.lookup().isAsked();
        if (!arranges || facts.isKernelSince(5, 12)) {
            return;
        }
        List<Option> options = new ArrayList<>(FileSystemOptions.table());
        if (jail.lookup().isAsked()) {
            options.addAll(LookupOptions.table());
        }
        for (Option option : options) {
            if (isGiven(option.key())) {
                problem(option.key(), "needs Linux 5.12, and this host has " + facts.kernel(), "use hooks with mount:");
            }
        }
    }

    private void checkWaits() {
        for (String key : List.of("wait-for-interface-timeout", "wait-for-fs-timeout", "wait-for-socket-timeout")) {
            Setting setting = jail(key);
            boolean longer = setting != null
                    && Durations.parse(setting.value())
                                    .value()
                                    .orElseThrow()
                                    .compareTo(spec.life().startTimeout())
                            > 0;
            if (longer) {
                problem(key, "longer than start-timeout", "write less, or a longer start-timeout");
            }
        }
    }

    private void checkAtExit() {
        if (jail.hooks().has(HookPhase.AS_USER_ATEXIT) && spec.program().init() == Program.Init.NONE) {
            String key = isGiven("hook-as-user-atexit") ? "hook-as-user-atexit" : "exec-as-user-atexit";
            problem(key, "needs a resident init, which waits for the program's end", "remove init = none");
        }
    }

    private void checkPriorities() {
        boolean mayRaise = facts.means().has(Means.CAP_SYS_NICE) && !jail.has(Namespace.USER);
        boolean asked = spec.places().containsKey(Options.NICE);
        if (asked && spec.program().priority().nice() < facts.means().nice() && !mayRaise) {
            lacks(Options.NICE, "CAP_SYS_NICE");
        }
        boolean realtime = jail.process()
                .ioPriority()
                .filter(it -> it.kind() == IoPriority.Kind.REALTIME)
                .isPresent();
        if (realtime && !mayRaise) {
            lacks("ionice", "CAP_SYS_NICE");
        }
        for (int cpu : spec.program().priority().cpus()) {
            if (cpu >= facts.means().processors()) {
                problem("cpu-affinity", "this host has no processor " + cpu, "leave it out");
            }
        }
        checkOomScore();
    }

    private void checkOomScore() {
        int own = facts.means().oomScoreAdj();
        int wanted = jail.process().oomScoreAdj().orElse(own);
        if (wanted != own && !facts.root()) {
            problem("oom-score-adj", "needs an emperor that runs as root", AS_ROOT);
        } else if (wanted < own && !facts.means().has(Means.CAP_SYS_RESOURCE)) {
            problem("oom-score-adj", notGiven("CAP_SYS_RESOURCE"), "write " + own + " or more, or remove it");
        }
    }

    private void check(ResourceLimit limit) {
        boolean mayRaise = facts.means().has(Means.CAP_SYS_RESOURCE) && !jail.has(Namespace.USER);
        String key = limit.resource().key();
        long most = facts.means().openFilesMost();
        if (limit.resource() == Resource.NOFILE && (limit.hard() == ResourceLimit.UNLIMITED || limit.hard() > most)) {
            problem(key, "above what this host allows anybody", "write at most " + most + ", sysctl fs.nr_open");
        } else if (!mayRaise && !facts.means().covers(limit)) {
            lacks(key, "CAP_SYS_RESOURCE");
        }
    }

    private void lacks(String key, String capability) {
        String why = jail.has(Namespace.USER) ? "is more than a user namespace may have" : notGiven(capability);
        problem(key, why, "write less, or remove it");
    }

    private static String notGiven(String capability) {
        return "is more than this emperor may give: it has no " + capability;
    }

    void problem(String key, String rule, String remedy) {
        problem(place(key), key, rule, remedy);
    }

    void problem(Position position, String key, String rule, String remedy) {
        problems.add(new Problem(position, key, rule, remedy));
    }

    private boolean isGiven(String key) {
        return jail(key) != null;
    }

    private Position place(String key) {
        Setting setting = jail(key);
        return setting == null ? spec.place(key) : setting.position();
    }

    private @Nullable Setting jail(String key) {
        for (Setting setting : spec.jail()) {
            if (setting.key().equals(key)) {
                return setting;
            }
        }
        return null;
    }
}
