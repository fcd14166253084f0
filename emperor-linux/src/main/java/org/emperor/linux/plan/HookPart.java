package org.emperor.linux.plan;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.emperor.jail.Quoted;
import org.emperor.spec.VassalSpec;

/** The actions of hooks as steps. */
final class HookPart {
    private static final Duration LONGEST_TELLING = Duration.ofSeconds(1);

    private final StepList steps;
    private final VassalSpec spec;
    private final LinuxFacts facts;
    private final HookSettings hooks;
    private final ProgramEnvironment environment;
    private final long limit;

    /** @param limit when all must have ended, in milliseconds from the beginning of the plan */
    HookPart(
            StepList steps,
            VassalSpec spec,
            LinuxFacts facts,
            HookSettings hooks,
            ProgramEnvironment environment,
            long limit) {
        this.steps = steps;
        this.spec = spec;
        this.facts = facts;
        this.hooks = hooks;
        this.environment = environment;
        this.limit = limit;
    }

    /** In milliseconds; a little before the emperor itself gives up, so that what took so long can be told. */
    static long limit(VassalSpec spec) {
        Duration whole = spec.life().startTimeout();
        Duration tenth = whole.dividedBy(10);
        long limit = whole.minus(tenth.compareTo(LONGEST_TELLING) < 0 ? tenth : LONGEST_TELLING)
                .toMillis();
        return Math.min(Integer.MAX_VALUE, limit);
    }

    /** What they make, and where they look, must not depend on how the emperor was started. */
    void prepare() {
        if (hooks.needsPlace()) {
            takePlace();
        }
    }

    void takePlace() {
        steps.call("set the umask", Call.UMASK, Argument.octal(spec.program().umask()));
        steps.call("enter /", Call.CHDIR, Argument.path("/"));
    }

    /** In the program's process, as root. */
    void writePids() {
        for (String path : hooks.pidFiles()) {
            new FilePart(steps, limit).run(new HookAction.WritePid(path));
        }
    }

    /** In the program's process, when all but the filters of system calls is as the program will have it. */
    void standBy() {
        steps.standBy(Math.min(Integer.MAX_VALUE, spec.life().startTimeout().toMillis()));
    }

    /** After the program's end: each whatever became of the others. */
    void runAtExit() {
        for (HookAction action : hooks.of(HookPhase.AS_USER_ATEXIT)) {
            steps.tried(() -> run(action, HookPhase.AS_USER_ATEXIT));
        }
    }

    void run(HookPhase phase) {
        for (HookAction action : hooks.of(phase)) {
            run(action, phase);
        }
    }

    private void run(HookAction action, HookPhase phase) {
        if (action instanceof HookAction.Mount || action instanceof HookAction.Unmount) {
            new MountPart(steps).run(action);
        } else if (action instanceof HookAction.Execute execute) {
            String object = "run " + Quoted.of(execute.command());
            child(object, execute.tolerant(), phase, () -> execute(execute.command()));
        } else if (action instanceof HookAction.Run run) {
            List<String> argv = new ArrayList<>(run.argv());
            argv.add(fileName(spec));
            child("run " + argv.get(0), false, phase, () -> new Execution(steps, environment.argument())
                    .execute(argv, environment.path()));
        } else if (action instanceof HookAction.Put put) {
            environment.put(put.name(), put.value());
        } else if (action instanceof HookAction.Await await) {
            new WaitPart(steps, limit).await(await);
        } else if (action instanceof HookAction.Switch || action instanceof HookAction.Address) {
            new InterfacePart(steps).run(action);
        } else {
            call(action);
        }
    }

    /** Those that are a single call, and those of files. */
    private void call(HookAction action) {
        if (action instanceof HookAction.Enter enter) {
            steps.call("enter " + enter.directory(), Call.CHDIR, Argument.path(enter.directory()));
        } else if (action instanceof HookAction.NameHost name) {
            int length = name.name().getBytes(StandardCharsets.UTF_8).length;
            steps.call(
                    "set host name " + name.name(),
                    Call.SETHOSTNAME,
                    Argument.path(name.name()),
                    Argument.number(length));
        } else if (action instanceof HookAction.Print print) {
            steps.call("print", Call.WRITE, FilePart.text(Argument.number(1), print.text() + "\n"));
        } else if (action instanceof HookAction.Exit exit) {
            steps.call("end as a hook says", Call.EXIT_GROUP, Argument.number(exit.code()));
        } else {
            new FilePart(steps, limit).run(action);
        }
    }

    /** As uWSGI names a vassal. */
    static String fileName(VassalSpec spec) {
        return spec.file().substring(spec.file().lastIndexOf('/') + 1);
    }

    private void child(String object, boolean tolerant, HookPhase phase, Runnable execution) {
        steps.child(object, tolerant, limit, () -> {
            new ProgramCalls(steps).dieWithParent();
            if (phase.isOfUser()) { // whose process has the program's limits already, but for these
                ProcessPart.narrow(steps, spec.limits().resources());
            } else {
                ProcessPart.limit(steps, ProcessPart.usualFiles(facts));
            }
            new ProgramCalls(steps).unblockSignals();
            execution.run();
        });
    }

    private void execute(String command) {
        List<String> shells = hooks.shells();
        for (int i = 0; i < shells.size(); i++) {
            List<String> argv = List.of(shells.get(i), "-c", command);
            steps.exec(
                    "execute " + shells.get(i) + " for " + Quoted.of(command),
                    i == shells.size() - 1,
                    Argument.path(shells.get(i)),
                    Argument.argv(argv),
                    environment.argument());
        }
    }
}
