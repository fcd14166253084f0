package org.emperor.linux.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emperor.jail.JailPlan;
import org.emperor.jail.Visit;
import org.emperor.spec.Identity;
import org.emperor.spec.ResourceLimit;

/** Compiles a visit: into the namespaces, root and directory of a jail, and there to a program that may do no more than its own. */
public final class VisitPlanner {
    /** Which descriptor comes with the plan at which place, after the usual ones; the namespaces follow. */
    public static final int ERROR_OUTPUT = 0;

    public static final int ROOT = 1;
    public static final int DIRECTORY = 2;
    public static final int NAMESPACES = 3;

    private static final List<String> SHELLS = List.of("/bin/bash", "/bin/sh");
    private static final int TIOCSCTTY = 0x540E;
    private static final int UMASK = 022;

    private final Visit visit;
    private final VisitFacts facts;
    private final StepList steps;
    private final ProgramCalls calls;

    private VisitPlanner(Visit visit, VisitFacts facts) {
        this.visit = visit;
        this.facts = facts;
        this.steps = new StepList(facts.arch());
        this.calls = new ProgramCalls(steps);
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
                List.of(),
                true);
    }

    private void enter() {
        if (!facts.joins().contains(NamespaceFile.PID)) { // in one, its init takes the orphans
            calls.set(
                    "become the reaper of the visit's orphans",
                    ProgramCalls.PR_SET_CHILD_SUBREAPER,
                    "PR_SET_CHILD_SUBREAPER");
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
        limit(false);
        becomeIdentity();
        steps.call("enter the vassal's directory", Call.FCHDIR, Argument.granted(DIRECTORY, "cwd"));
        calls.dieWithParent();
        RestraintPart restraints = new RestraintPart(steps, facts.restraints());
        restraints.restrictVisitor();
        limit(true);
        calls.unblockSignals();
        restraints.filterCalls();
        execute();
    }

    /** As its program is: while there are rights to raise them, and few open files when nothing opens any more. */
    private void limit(boolean narrow) {
        for (ResourceLimit limit : facts.limits()) {
            if (ProcessPart.isNarrow(limit) == narrow) {
                ProcessPart.tryToLimit(steps, limit);
            }
        }
    }

    /** With no capability that the vassal itself could not have: what is entered must not become stronger by it. */
    private void becomeIdentity() {
        calls.boundCapabilities(facts.bounding(), facts.capLast());
        Identity identity = visit.identity();
        calls.become(identity, facts.groups());
        calls.clearAmbientCapabilities();
        long kept = identity.uid() == 0 ? facts.bounding() : 0;
        calls.holdCapabilities("empty the inheritable capabilities", kept, 0);
        if (facts.noNewPrivileges()) {
            calls.set("gain no new privileges", ProgramCalls.PR_SET_NO_NEW_PRIVS, "PR_SET_NO_NEW_PRIVS");
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
}
