package org.emperor.linux.plan;

import org.emperor.linux.plan.HookAction.Awaited;
import org.emperor.linux.plan.StepList.Patience;

/** Waiting, as steps that are tried again until they succeed. */
final class WaitPart {
    private static final long PAUSE = 100;
    private static final int SOCK_STREAM_NONBLOCK_CLOEXEC = 1 | 04000 | 02000000;
    private static final int ENOTBLK = 15;
    private static final int EISDIR = 21;

    private final StepList steps;
    private final long by;

    /** @param by when a plan as a whole must have run, in milliseconds from its beginning */
    WaitPart(StepList steps, long by) {
        this.steps = steps;
        this.by = by;
    }

    /** As long as actions wait in uWSGI, and never beyond the time of the launch. */
    Patience usual() {
        return patience(ActionReader.USUAL_WAIT);
    }

    private Patience patience(long within) {
        return new Patience(PAUSE, Math.min(within, by), by);
    }

    void await(HookAction.Await await) {
        String object = "wait for " + await.kind().noun() + " " + await.name();
        Patience patience = patience(await.within());
        switch (await.kind()) {
            case PATH -> steps.until(object, patience, () -> exists(object, await.name()));
            case FILE, DIRECTORY, MOUNT_POINT ->
                steps.until(object, patience, () -> stat(object, await.kind(), await.name()));
            case SOCKET -> connect(object, patience, await.name());
            case INTERFACE -> new InterfacePart(steps).await(object, patience, await.name());
        }
    }

    private void exists(String object, String path) {
        steps.call(object, Call.FACCESSAT, Argument.HERE, Argument.path(path), Argument.constant(0, "F_OK"));
    }

    private void stat(String object, Awaited kind, String path) {
        Stat stat = Stat.of(steps, object, path);
        if (kind == Awaited.MOUNT_POINT) {
            steps.expect(object, stat.attributes(), Stat.MOUNT_ROOT, Stat.MOUNT_ROOT, ENOTBLK);
        } else if (kind == Awaited.DIRECTORY) {
            steps.expect(object, stat.mode(), Stat.TYPE, Stat.DIRECTORY, StepList.ENOTDIR);
        } else {
            steps.expect(object, stat.mode(), Stat.TYPE, Stat.REGULAR, EISDIR);
        }
    }

    /** Without blocking: a connect that was refused or has begun is tried again on the same socket, connect(2). */
    private void connect(String object, Patience patience, String name) {
        SocketName address = SocketName.parse(name).orElseThrow(); // its form was checked
        int socket = steps.call(
                object,
                Call.SOCKET,
                Argument.constant(address.family(), address.familyName()),
                Argument.constant(SOCK_STREAM_NONBLOCK_CLOEXEC, "SOCK_STREAM|SOCK_NONBLOCK|SOCK_CLOEXEC"),
                Argument.number(0));
        steps.until(
                object,
                patience,
                () -> steps.call(
                        object,
                        Call.CONNECT,
                        Argument.result(socket, "socket"),
                        address.address(),
                        Argument.number(address.length())));
        steps.call(object, Call.CLOSE, Argument.result(socket, "socket"));
    }
}
