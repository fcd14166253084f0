package org.emperor.linux.plan;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Actions on files as steps. */
final class FilePart {
    private static final int O_WRONLY_CREAT = 1 | 0100;
    private static final int O_TRUNC = 01000;
    private static final int O_APPEND = 02000;
    private static final int O_NONBLOCK = 04000;
    private static final int O_CLOEXEC = 02000000;
    private static final int PID_ROOM = 24; // PLAN_WORD_ROOM of plan.h
    private static final int AT_REMOVEDIR = 0x200;
    private static final int ENXIO = 6;
    private static final int EBADF = 9;

    private final StepList steps;
    private final long by;

    /** @param by when waiting must have ended, in milliseconds from the beginning of the plan */
    FilePart(StepList steps, long by) {
        this.steps = steps;
        this.by = by;
    }

    void run(HookAction action) {
        if (action instanceof HookAction.MakeDirectory make) {
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
        } else if (action instanceof HookAction.Write write) {
            write(write);
        } else if (action instanceof HookAction.WritePid write) {
            writePid(write.path());
        } else if (action instanceof HookAction.Feed feed) {
            feed(feed);
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
        int file = open(object, write.path(), write.append());
        if (!write.text().isEmpty()) {
            steps.call(object, Call.WRITE, text(Argument.result(file, "file"), write.text()));
        }
        steps.call(object, Call.CLOSE, Argument.result(file, "file"));
    }

    private void writePid(String path) {
        String object = "write the process id to " + path;
        int pid = steps.call(object, Call.GETPID);
        Argument text = Argument.room("pid for " + path, PID_ROOM, "pid");
        int length = steps.decimal(object, text, Argument.result(pid, "pid"));
        int file = open(object, path, false);
        steps.call(object, Call.WRITE, Argument.result(file, "file"), text, Argument.result(length, "length"));
        steps.call(object, Call.CLOSE, Argument.result(file, "file"));
    }

    /** Who may write where the file is, as the program may, could leave a link there to a file that only root writes. */
    private int open(String object, String path, boolean append) {
        int mode = append ? O_APPEND : O_TRUNC;
        Argument flags = Argument.constant(
                O_WRONLY_CREAT | mode | steps.arch().noFollow() | O_CLOEXEC,
                "O_WRONLY|O_CREAT|" + (append ? "O_APPEND" : "O_TRUNC") + "|O_NOFOLLOW|O_CLOEXEC");
        return steps.call(object, Call.OPENAT, Argument.HERE, Argument.path(path), flags, Argument.octal(0666));
    }

    /** With O_NONBLOCK the open of a FIFO that nobody reads fails with ENXIO, fifo(7). */
    private void feed(HookAction.Feed feed) {
        String object = "write to FIFO " + feed.path();
        int[] fifo = new int[1];
        Argument flags = Argument.constant(
                1 | O_NONBLOCK | steps.arch().noFollow() | O_CLOEXEC, "O_WRONLY|O_NONBLOCK|O_NOFOLLOW|O_CLOEXEC");
        Argument[] open = {Argument.HERE, Argument.path(feed.path()), flags};
        if (feed.waits()) {
            steps.until(object, new WaitPart(steps, by).usual(), () -> fifo[0] = steps.call(object, Call.OPENAT, open));
        } else {
            fifo[0] = steps.attempt(object, List.of(ENXIO), Call.OPENAT, open);
        }
        steps.attempt(object, List.of(EBADF), Call.WRITE, text(Argument.result(fifo[0], "fifo"), feed.text()));
        steps.attempt(object, List.of(EBADF), Call.CLOSE, Argument.result(fifo[0], "fifo"));
    }

    /** What is written may be a secret: only its length is shown. */
    static Argument[] text(Argument descriptor, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Argument[] {descriptor, Argument.bytes("*", bytes), Argument.number(bytes.length)};
    }
}
