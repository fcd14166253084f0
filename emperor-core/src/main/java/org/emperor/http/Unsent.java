package org.emperor.http;

/** The bytes of replies that wait for their clients, all connections together; belongs to the event loop's thread. */
final class Unsent {
    private static final long SMALL = 64 * 1024;

    private final long limit;
    private long bytes;

    Unsent(long limit) {
        this.limit = limit;
    }

    /**
     * Whether there was room. Small replies always pass, so that health can be asked for at any time; the number of
     * connections bounds them. A reply larger than the limit passes when it is alone.
     */
    boolean take(long more) {
        if (more > SMALL && bytes > 0 && bytes + more > limit) {
            return false;
        }
        bytes += more;
        return true;
    }

    void giveBack(long sent) {
        bytes -= sent;
    }
}
