package org.emperor.http;

/** The bytes of replies that wait for their clients, all connections together; belongs to the event loop's thread. */
final class Unsent {
    private static final long SMALL = 64 * 1024;

    private final long limit;
    private long bytes;

    Unsent(long limit) {
        this.limit = limit;
    }

    /** Whether a large reply may be made now: asked before that, because its making takes more memory than its bytes. */
    boolean hasRoom() {
        return bytes <= limit;
    }

    /**
     * Whether there was room. Small replies always pass, so that health can be asked for at any time; the number of
     * connections bounds them. A large one passes whatever its size, and then none until enough has been sent.
     */
    boolean take(long more) {
        if (more > SMALL && !hasRoom()) {
            return false;
        }
        bytes += more;
        return true;
    }

    void giveBack(long sent) {
        bytes -= sent;
    }
}
