package org.emperor.linux.benchmark;

import java.nio.file.Path;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/** What Java cannot do by itself. */
final class Posix {
    private static final POSIX LIBC = POSIXFactory.getNativePOSIX();
    private static final int SIGKILL = 9;

    private Posix() {}

    static void makeFifo(Path path) {
        if (LIBC.mkfifo(path.toString(), 0600) != 0) {
            throw new IllegalStateException("cannot make FIFO " + path);
        }
    }

    /** Kills at once, unlike {@link ProcessHandle#destroyForcibly}, which reads files first; a dead one is no error. */
    static void kill(long pid) {
        LIBC.kill((int) pid, SIGKILL);
    }
}
