package org.emperor.linux.plan;

import org.emperor.spec.Program;
import org.emperor.spec.VassalSpec;
import org.jspecify.annotations.Nullable;

/** From a process in the jail to the program: session, limits, identity, environment, exec. */
final class ProgramPart {
    private final StepList steps;
    private final ProgramCalls calls;
    private final VassalSpec spec;
    private final LinuxFacts facts;
    private final JailSettings jail;
    private final HookPart hooks;
    private final ProgramEnvironment environment;
    private final @Nullable PrivilegePart privileges;
    private final RestraintPart restraints;

    ProgramPart(
            StepList steps,
            VassalSpec spec,
            LinuxFacts facts,
            JailSettings jail,
            HookPart hooks,
            ProgramEnvironment environment,
            Restraints restraints) {
        this.steps = steps;
        this.calls = new ProgramCalls(steps);
        this.spec = spec;
        this.facts = facts;
        this.jail = jail;
        this.hooks = hooks;
        this.environment = environment;
        boolean plain = jail.privileges().isUnchanged();
        this.privileges = plain ? null : new PrivilegePart(steps, spec, facts, jail);
        this.restraints = new RestraintPart(steps, restraints);
    }

    void becomeProgram() {
        if (hasInit()) { // jail-init leads one already
            steps.call("start a session", Call.SETSID);
        }
        ProcessPart process = new ProcessPart(steps, spec, facts, jail);
        process.shape();
        hooks.writePids();
        if (privileges != null) {
            privileges.boundCapabilities();
        }
        calls.become(
                spec.identity(), facts.changesIds()); // without rights the ids are its own, which the kernel checks
        dropCapabilities();
        boolean dies = hasInit() || spec.life().diesWithEmperor();
        if (dies && jail.hooks().has(HookPhase.AS_USER)) { // for while they run: vfork(2) has jail-init wait for them
            calls.dieWithParent();
        }
        hooks.run(HookPhase.AS_USER);
        enterDirectory();
        if (dies) {
            calls.dieWithParent();
        }
        restraints.restrictAccess();
        boolean standsBy = jail.hooks().has(HookPhase.AS_USER_ATEXIT);
        if (standsBy) {
            hooks.standBy();
        }
        process.narrow();
        calls.unblockSignals();
        restraints.filterCalls();
        new Execution(steps, environment.argument()).execute(spec.program().argv(), environment.path());
        if (standsBy) {
            steps.afterProgram();
            restraints.filterCalls();
            hooks.runAtExit();
        }
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
     * Neither what let jail-init keep its rights over its own exec nor what the emperor was started with, as systemd's
     * AmbientCapabilities, is for the program. Root outside a user namespace has what there is anyway.
     */
    private void dropCapabilities() {
        calls.clearAmbientCapabilities();
        boolean isRoot = spec.identity().uid() == 0;
        if (privileges != null) {
            privileges.takeCapabilities();
        } else if (jail.has(Namespace.USER) || !isRoot) {
            long all = isRoot ? (1L << (facts.capLast() + 1)) - 1 : 0;
            calls.holdCapabilities("empty the inheritable capabilities", all, 0);
        }
    }
}
