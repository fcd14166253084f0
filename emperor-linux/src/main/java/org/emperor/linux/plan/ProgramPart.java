package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import org.emperor.jail.PlanRefusal;
import org.emperor.spec.Identity;
import org.emperor.spec.Program;
import org.emperor.spec.VassalSpec;
import org.jspecify.annotations.Nullable;

/** From a process in the jail to the program: session, limits, identity, environment, exec. */
final class ProgramPart {
    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_CAP_AMBIENT_CLEAR_ALL = 4;
    private static final int CAPABILITY_VERSION_3 = 0x20080522;

    private final StepList steps;
    private final VassalSpec spec;
    private final LinuxFacts facts;
    private final JailSettings jail;
    private final HookPart hooks;
    private final ProgramEnvironment environment;
    private final @Nullable PrivilegePart privileges;

    ProgramPart(
            StepList steps,
            VassalSpec spec,
            LinuxFacts facts,
            JailSettings jail,
            HookPart hooks,
            ProgramEnvironment environment,
            Filters filters) {
        this.steps = steps;
        this.spec = spec;
        this.facts = facts;
        this.jail = jail;
        this.hooks = hooks;
        this.environment = environment;
        boolean plain = jail.privileges().isUnchanged();
        this.privileges = plain ? null : new PrivilegePart(steps, spec, facts, jail, filters);
    }

    void becomeProgram() {
        if (hasInit()) { // jail-init leads one already
            steps.call("start a session", Call.SETSID);
        }
        new ProcessPart(steps, spec, facts, jail).shape();
        hooks.writePids();
        if (privileges != null) {
            privileges.boundCapabilities();
        }
        becomeIdentity();
        dropCapabilities();
        ProgramCalls calls = new ProgramCalls(steps);
        boolean dies = hasInit() || spec.life().diesWithEmperor();
        if (dies && jail.hooks().has(HookPhase.AS_USER)) { // for while they run: vfork(2) has jail-init wait for them
            calls.dieWithParent();
        }
        hooks.run(HookPhase.AS_USER);
        enterDirectory();
        if (dies) {
            calls.dieWithParent();
        }
        calls.unblockSignals();
        if (privileges != null) {
            privileges.confine();
        }
        execute();
    }

    /** Where a hook has gone, unless the file says where to be. */
    private void enterDirectory() {
        if (spec.program().directory().isPresent() || !jail.hooks().enters()) {
            String directory = spec.program().directory().orElse("/");
            steps.call("enter " + directory, Call.CHDIR, Argument.path(directory));
        }
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

    private void execute() {
        Argument argv = Argument.argv(spec.program().argv());
        Argument envp = environment.argument();
        List<String> candidates = candidates(environment.path());
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
}
