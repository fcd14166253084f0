package org.emperor.linux.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emperor.jail.JailPlan;
import org.emperor.jail.Visit;
import org.emperor.spec.Identity;

/** Compiles a visit: into the namespaces, root and directory of a jail, and there to a program with no more capabilities than its own. */
public final class VisitPlanner {
    /** Which descriptor comes with the plan at which place, after the usual ones; the namespaces follow. */
    public static final int ERROR_OUTPUT = 0;

    public static final int ROOT = 1;
    public static final int DIRECTORY = 2;
    public static final int NAMESPACES = 3;

    private static final List<String> SHELLS = List.of("/bin/bash", "/bin/sh");
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int PR_CAPBSET_DROP = 24;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_CAP_AMBIENT_CLEAR_ALL = 4;
    private static final int TIOCSCTTY = 0x540E;
    private static final int UMASK = 022;

    private final Visit visit;
    private final VisitFacts facts;
    private final StepList steps;

    private VisitPlanner(Visit visit, VisitFacts facts) {
        this.visit = visit;
        this.facts = facts;
        this.steps = new StepList(facts.arch());
    }

    /** Its standard input and output are the usual descriptors; jail-init stays with it and dies with the caller. */
    public static JailPlan plan(Visit visit, VisitFacts facts) {
        VisitPlanner planner = new VisitPlanner(visit, facts);
        planner.enter();
        planner.steps.forkAndStay();
        planner.run();
        return new JailPlan(
                "linux",
                List.of(),
                0,
                "clone3({flags=CLONE_VM|CLONE_VFORK|CLONE_FILES|CLONE_CLEAR_SIGHAND, exit_signal=SIGCHLD}) = jail-init",
                Optional.empty(),
                List.of(),
                List.of(),
                planner.steps.init(),
                planner.steps.main(),
                true);
    }

    private void enter() {
        if (!facts.joins().contains(NamespaceFile.PID)) { // in one, its init takes the orphans
            set("become the reaper of the visit's orphans", PR_SET_CHILD_SUBREAPER, "PR_SET_CHILD_SUBREAPER");
        }
        new JoinPart(steps, facts.joins(), NAMESPACES).join(facts.builder());
        new Keyring(steps).joinOwn(); // the caller's would be the tenant's shell's too
        steps.call("enter the jail's root", Call.FCHDIR, Argument.granted(ROOT, "root"));
        steps.call("make it the root", Call.CHROOT, Argument.path("."));
    }

    private void run() {
        steps.call("start a session", Call.SETSID);
        if (visit.terminal()) {
            steps.call(
                    "take the terminal",
                    Call.IOCTL,
                    Argument.number(0),
                    Argument.constant(TIOCSCTTY, "TIOCSCTTY"),
                    Argument.number(0));
        }
        steps.call(
                "set standard error",
                Call.DUP3,
                Argument.granted(ERROR_OUTPUT, "stderr"),
                Argument.number(2),
                Argument.number(0));
        steps.call("set the umask", Call.UMASK, Argument.octal(UMASK));
        becomeIdentity();
        steps.call("enter the vassal's directory", Call.FCHDIR, Argument.granted(DIRECTORY, "cwd"));
        ProgramCalls calls = new ProgramCalls(steps);
        calls.dieWithParent();
        calls.unblockSignals();
        execute();
    }

    /** With no capability that the vassal itself could not have: what is entered must not become stronger by it. */
    private void becomeIdentity() {
        for (int capability = 0; capability <= facts.capLast(); capability++) {
            if ((facts.bounding() >>> capability & 1) == 0) {
                steps.call(
                        "give up capability " + capability,
                        Call.PRCTL,
                        Argument.constant(PR_CAPBSET_DROP, "PR_CAPBSET_DROP"),
                        Argument.number(capability));
            }
        }
        Identity identity = visit.identity();
        if (facts.groups()) {
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
        steps.call(
                "clear ambient capabilities",
                Call.PRCTL,
                Argument.constant(PR_CAP_AMBIENT, "PR_CAP_AMBIENT"),
                Argument.constant(PR_CAP_AMBIENT_CLEAR_ALL, "PR_CAP_AMBIENT_CLEAR_ALL"));
        long kept = identity.uid() == 0 ? facts.bounding() : 0;
        ProgramPart.setCapabilities(steps, "empty the inheritable capabilities", kept, 0);
        if (facts.noNewPrivileges()) {
            set("gain no new privileges", PR_SET_NO_NEW_PRIVS, "PR_SET_NO_NEW_PRIVS");
        }
    }

    private void execute() {
        Map<String, String> environment =
                visit.asVassal() ? new LinkedHashMap<>() : ProgramEnvironment.usual(visit.identity());
        environment.putAll(facts.environment());
        Execution execution = new Execution(steps, ProgramEnvironment.argument(environment));
        if (visit.argv().isEmpty()) {
            execution.executeFirst(SHELLS);
        } else {
            execution.execute(visit.argv(), environment.getOrDefault("PATH", ProgramEnvironment.PATH));
        }
    }

    private void set(String object, int option, String name) {
        steps.call(
                object,
                Call.PRCTL,
                Argument.constant(option, name),
                Argument.number(1),
                Argument.number(0),
                Argument.number(0),
                Argument.number(0));
    }
}
