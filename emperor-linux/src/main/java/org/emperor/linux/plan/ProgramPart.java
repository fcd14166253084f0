package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emperor.jail.PlanRefusal;
import org.emperor.spec.Identity;
import org.emperor.spec.Program;
import org.emperor.spec.VassalSpec;
import org.jspecify.annotations.Nullable;

/** From a process in the jail to the program: session, limits, identity, environment, exec. */
final class ProgramPart {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int PR_SET_PDEATHSIG = 1;
    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_CAP_AMBIENT_CLEAR_ALL = 4;
    private static final int CAPABILITY_VERSION_3 = 0x20080522;
    private static final int SIGKILL = 9;
    private static final int SIG_SETMASK = 2;

    private final StepList steps;
    private final VassalSpec spec;
    private final LinuxFacts facts;
    private final JailSettings jail;
    private final @Nullable PrivilegePart privileges;

    ProgramPart(StepList steps, VassalSpec spec, LinuxFacts facts, JailSettings jail, Filters filters) {
        this.steps = steps;
        this.spec = spec;
        this.facts = facts;
        this.jail = jail;
        boolean plain = jail.privileges().isUnchanged();
        this.privileges = plain ? null : new PrivilegePart(steps, spec, facts, jail, filters);
    }

    void becomeProgram() {
        if (hasInit()) { // jail-init leads one already
            steps.call("start a session", Call.SETSID);
        }
        new ProcessPart(steps, spec, facts, jail).shape();
        if (privileges != null) {
            privileges.boundCapabilities();
        }
        becomeIdentity();
        dropCapabilities();
        String directory = spec.program().directory().orElse("/");
        steps.call("enter " + directory, Call.CHDIR, Argument.path(directory));
        dieWithParent();
        steps.call(
                "unblock all signals",
                Call.RT_SIGPROCMASK,
                Argument.constant(SIG_SETMASK, "SIG_SETMASK"),
                Argument.longs("[]", 0),
                Argument.none(),
                Argument.number(8));
        if (privileges != null) {
            privileges.confine();
        }
        execute();
    }

    private boolean hasInit() {
        return spec.program().init() == Program.Init.RESIDENT;
    }

    /**
     * Groups before gid before uid: each call needs the right that the next one gives up. Without rights the ids must be
     * the emperor's own, which the kernel then checks; its groups are inherited.
     */
    private void becomeIdentity() {
        Identity identity = spec.identity();
        if (facts.changesIds()) {
            int[] groups =
                    identity.groups().stream().mapToInt(Integer::intValue).toArray();
            String list = identity.groups().toString();
            steps.call(
                    "set groups " + list, Call.SETGROUPS, Argument.number(groups.length), Argument.words(list, groups));
        }
        Argument gid = Argument.number(identity.gid());
        steps.call("become group " + identity.gid(), Call.SETRESGID, gid, gid, gid);
        Argument uid = Argument.number(identity.uid());
        steps.call("become user " + identity.user(), Call.SETRESUID, uid, uid, uid);
    }

    /**
     * Neither what let jail-init keep its rights over its own exec nor what the emperor was started with, as systemd's
     * AmbientCapabilities, is for the program. Root outside a user namespace has what there is anyway.
     */
    private void dropCapabilities() {
        steps.call(
                "clear ambient capabilities",
                Call.PRCTL,
                Argument.constant(PR_CAP_AMBIENT, "PR_CAP_AMBIENT"),
                Argument.constant(PR_CAP_AMBIENT_CLEAR_ALL, "PR_CAP_AMBIENT_CLEAR_ALL"));
        boolean isRoot = spec.identity().uid() == 0;
        if (privileges != null) {
            privileges.takeCapabilities();
        } else if (jail.has(Namespace.USER) || !isRoot) {
            long all = isRoot ? (1L << (facts.capLast() + 1)) - 1 : 0;
            setCapabilities(steps, "empty the inheritable capabilities", all, 0);
        }
    }

    static void setCapabilities(StepList steps, String object, long set, long inheritable) {
        int low = (int) set;
        int high = (int) (set >>> 32);
        String inherited = inheritable == 0 ? "0" : String.format("%#x", inheritable);
        String text = String.format("{effective=%#x, permitted=%#x, inheritable=%s}", set, set, inherited);
        steps.call(
                object,
                Call.CAPSET,
                Argument.words("{_LINUX_CAPABILITY_VERSION_3, 0}", CAPABILITY_VERSION_3, 0),
                Argument.words(text, low, low, (int) inheritable, high, high, (int) (inheritable >>> 32)));
    }

    /** Set after the last change of credentials, which would clear it (prctl(2)). */
    private void dieWithParent() {
        if (hasInit() || spec.life().diesWithEmperor()) {
            steps.call(
                    "die with the parent",
                    Call.PRCTL,
                    Argument.constant(PR_SET_PDEATHSIG, "PR_SET_PDEATHSIG"),
                    Argument.constant(SIGKILL, "SIGKILL"));
        }
    }

    private void execute() {
        Map<String, String> environment = environment();
        List<String> assignments = new ArrayList<>();
        environment.forEach((name, value) -> assignments.add(name + "=" + value));
        Argument argv =
                Argument.strings(spec.program().argv(), words(spec.program().argv()));
        Argument envp = Argument.strings(assignments, masked(environment));
        List<String> candidates = candidates(environment.getOrDefault("PATH", PATH));
        String program = spec.program().argv().get(0);
        for (int i = 0; i < candidates.size(); i++) {
            boolean last = i == candidates.size() - 1;
            String object = "execute " + (candidates.size() == 1 ? program : program + " found on PATH");
            steps.exec(object, last, Argument.path(candidates.get(i)), argv, envp);
        }
    }

    /** The places of the program: as execvp(3) looks, but planned, so that it is the jail's file system that decides. */
    private List<String> candidates(String path) {
        String program = spec.program().argv().get(0);
        if (program.contains("/")) {
            return List.of(program);
        }
        List<String> candidates = new ArrayList<>();
        for (String directory : path.split(":", -1)) {
            if (!directory.isEmpty()) {
                candidates.add(directory + "/" + program);
            }
        }
        if (candidates.isEmpty()) {
            throw new PlanRefusal("cannot look for " + program + ": PATH names no directory");
        }
        return candidates;
    }

    private Map<String, String> environment() {
        Identity identity = spec.identity();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", PATH);
        environment.put("LANG", "C.UTF-8");
        environment.put("HOME", identity.home());
        environment.put("USER", identity.user());
        environment.put("LOGNAME", identity.user());
        environment.put("SHELL", identity.shell());
        environment.keySet().removeAll(spec.program().unset());
        environment.putAll(spec.program().environment());
        return environment;
    }

    private static String words(List<String> words) {
        return words.stream()
                .map(org.emperor.jail.Quoted::of)
                .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
    }

    /** Values of the environment may be secrets: only names are shown. */
    private static String masked(Map<String, String> environment) {
        return environment.keySet().stream()
                .map(name -> name + "=*")
                .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
    }
}
