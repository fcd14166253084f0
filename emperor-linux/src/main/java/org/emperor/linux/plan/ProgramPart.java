package org.emperor.linux.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import org.emperor.spec.Identity;
import org.emperor.spec.Program;
import org.emperor.spec.VassalSpec;

/** From a process in the jail to the program: session, limits, identity, environment, exec. */
final class ProgramPart {
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

    ProgramPart(StepList steps, VassalSpec spec, LinuxFacts facts, JailSettings jail) {
        this.steps = steps;
        this.spec = spec;
        this.facts = facts;
        this.jail = jail;
    }

    void becomeProgram() {
        if (hasInit()) { // jail-init leads one already
            steps.call("start a session", Call.SETSID);
        }
        new ProcessPart(steps, spec, facts, jail).shape();
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
        new Execution(steps).execute(spec.program().argv(), environment());
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
        if (facts.root()) {
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
        if (jail.has(Namespace.USER) || !isRoot) {
            keepCapabilities(isRoot ? (1L << (facts.capLast() + 1)) - 1 : 0);
        }
    }

    private void keepCapabilities(long all) {
        int low = (int) all;
        int high = (int) (all >>> 32);
        String text = String.format("{effective=%#x, permitted=%#x, inheritable=0}", all, all);
        steps.call(
                "empty the inheritable capabilities",
                Call.CAPSET,
                Argument.words("{_LINUX_CAPABILITY_VERSION_3, 0}", CAPABILITY_VERSION_3, 0),
                Argument.words(text, low, low, 0, high, high, 0));
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

    private Map<String, String> environment() {
        Identity identity = spec.identity();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", Execution.PATH);
        environment.put("LANG", "C.UTF-8");
        environment.put("HOME", identity.home());
        environment.put("USER", identity.user());
        environment.put("LOGNAME", identity.user());
        environment.put("SHELL", identity.shell());
        environment.keySet().removeAll(spec.program().unset());
        environment.putAll(spec.program().environment());
        return environment;
    }
}
