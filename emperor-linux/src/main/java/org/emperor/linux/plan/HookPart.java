package org.emperor.linux.plan;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.emperor.jail.Quoted;
import org.emperor.spec.VassalSpec;

/** The actions of hooks as steps. */
final class HookPart {
    private static final int O_WRONLY_CREAT = 1 | 0100;
    private static final int O_TRUNC = 01000;
    private static final int O_APPEND = 02000;
    private static final int O_NONBLOCK = 04000;
    private static final int O_CLOEXEC = 02000000;
    private static final int AT_REMOVEDIR = 0x200;
    private static final int ENXIO = 6;
    private static final int EBADF = 9;
    private static final Duration LONGEST_TELLING = Duration.ofSeconds(1);

    private final StepList steps;
    private final VassalSpec spec;
    private final LinuxFacts facts;
    private final HookSettings hooks;
    private final ProgramEnvironment environment;
    private final WaitPart waits;

    HookPart(StepList steps, VassalSpec spec, LinuxFacts facts, HookSettings hooks, ProgramEnvironment environment) {
        this.steps = steps;
        this.spec = spec;
        this.facts = facts;
        this.hooks = hooks;
        this.environment = environment;
        this.waits = new WaitPart(steps, limit(spec));
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
            steps.call(
                    "set the umask", Call.UMASK, Argument.octal(spec.program().umask()));
            steps.call("enter /", Call.CHDIR, Argument.path("/"));
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
            execute(execute, phase);
        } else if (action instanceof HookAction.Put put) {
            environment.put(put.name(), put.value());
        } else if (action instanceof HookAction.Await await) {
            waits.await(await);
        } else if (action instanceof HookAction.Feed feed) {
            feed(feed);
        } else if (action instanceof HookAction.Write write) {
            write(write);
        } else if (action instanceof HookAction.Switch || action instanceof HookAction.Address) {
            new InterfacePart(steps).run(action);
        } else {
            call(action);
        }
    }

    /** Those that are a single call. */
    private void call(HookAction action) {
        if (action instanceof HookAction.Enter enter) {
            steps.call("enter " + enter.directory(), Call.CHDIR, Argument.path(enter.directory()));
        } else if (action instanceof HookAction.MakeDirectory make) {
            Argument path = Argument.path(make.path());
            steps.call("make directory " + make.path(), Call.MKDIRAT, Argument.HERE, path, Argument.octal(0777));
        } else if (action instanceof HookAction.Remove remove) {
            Argument flags = remove.directory() ? Argument.constant(AT_REMOVEDIR, "AT_REMOVEDIR") : Argument.number(0);
            steps.call("remove " + remove.path(), Call.UNLINKAT, Argument.HERE, Argument.path(remove.path()), flags);
        } else if (action instanceof HookAction.ChangeMode change) {
            String object = "change the mode of " + change.path();
            steps.call(
                    object, Call.FCHMODAT, Argument.HERE, Argument.path(change.path()), Argument.octal(change.mode()));
        } else if (action instanceof HookAction.Stick stick) {
            stick(stick.path());
        } else if (action instanceof HookAction.ChangeOwner change) {
            steps.call(
                    "change the owner of " + change.path(),
                    Call.FCHOWNAT,
                    Argument.HERE,
                    Argument.path(change.path()),
                    Argument.number(change.uid()),
                    Argument.number(change.gid()),
                    Argument.number(0));
        } else if (action instanceof HookAction.NameHost name) {
            int length = name.name().getBytes(StandardCharsets.UTF_8).length;
            steps.call(
                    "set host name " + name.name(),
                    Call.SETHOSTNAME,
                    Argument.path(name.name()),
                    Argument.number(length));
        } else if (action instanceof HookAction.Print print) {
            steps.call("print", Call.WRITE, text(1, print.text() + "\n"));
        } else if (action instanceof HookAction.Exit exit) {
            steps.call("end as a hook says", Call.EXIT_GROUP, Argument.number(exit.code()));
        }
    }

    private void stick(String path) {
        String object = "add the sticky bit to " + path;
        Argument mode = Stat.of(steps, object, path).mode();
        int all = steps.load(object, mode, 07777, 01000);
        steps.call(object, Call.FCHMODAT, Argument.HERE, Argument.path(path), Argument.result(all, "mode"));
    }

    private void write(HookAction.Write write) {
        String object = "write to " + write.path();
        int mode = write.append() ? O_APPEND : O_TRUNC;
        Argument flags = Argument.constant(
                O_WRONLY_CREAT | mode | O_CLOEXEC,
                "O_WRONLY|O_CREAT|" + (write.append() ? "O_APPEND" : "O_TRUNC") + "|O_CLOEXEC");
        int file = steps.call(
                object, Call.OPENAT, Argument.HERE, Argument.path(write.path()), flags, Argument.octal(0666));
        if (!write.text().isEmpty()) {
            steps.call(object, Call.WRITE, text(file, write.text()));
        }
        steps.call(object, Call.CLOSE, Argument.result(file, "file"));
    }

    /** With O_NONBLOCK the open of a FIFO that nobody reads fails with ENXIO, fifo(7). */
    private void feed(HookAction.Feed feed) {
        String object = "write to FIFO " + feed.path();
        int[] fifo = new int[1];
        Argument flags = Argument.constant(1 | O_NONBLOCK | O_CLOEXEC, "O_WRONLY|O_NONBLOCK|O_CLOEXEC");
        Argument[] open = {Argument.HERE, Argument.path(feed.path()), flags};
        if (feed.waits()) {
            steps.until(object, waits.usual(), () -> fifo[0] = steps.call(object, Call.OPENAT, open));
        } else {
            fifo[0] = steps.attempt(object, List.of(ENXIO), Call.OPENAT, open);
        }
        steps.attempt(object, List.of(EBADF), Call.WRITE, text(fifo[0], feed.text()));
        steps.attempt(object, List.of(EBADF), Call.CLOSE, Argument.result(fifo[0], "fifo"));
    }

    /** What is written may be a secret: only its length is shown. */
    private static Argument[] text(int descriptor, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Argument[] {
            descriptor == 1 ? Argument.number(1) : Argument.result(descriptor, "file"),
            Argument.bytes("*", bytes),
            Argument.number(bytes.length)
        };
    }

    private void execute(HookAction.Execute execute, HookPhase phase) {
        String object = "run " + Quoted.of(execute.command());
        steps.child(object, execute.tolerant(), limit(spec), () -> {
            new ProgramCalls(steps).dieWithParent();
            if (phase != HookPhase.AS_USER) { // whose process has the program's limits already
                ProcessPart.limit(steps, ProcessPart.usualFiles(facts));
            }
            new ProgramCalls(steps).unblockSignals();
            List<String> shells = hooks.shells();
            for (int i = 0; i < shells.size(); i++) {
                List<String> argv = List.of(shells.get(i), "-c", execute.command());
                steps.exec(
                        "execute " + shells.get(i) + " for " + Quoted.of(execute.command()),
                        i == shells.size() - 1,
                        Argument.path(shells.get(i)),
                        Argument.argv(argv),
                        environment.argument());
            }
        });
    }
}
