package org.emperor.linux.sys;

import org.emperor.linux.plan.Call;

/** Bytes that pass from one descriptor to another, whether these block or not; at most one piece waits. */
public final class ByteStream {
    private static final int PIECE = 4096;

    private final Kernel kernel;
    private final int from;
    private final int to;
    private final Memory piece = Memory.of(PIECE);
    private int start;
    private int end;
    private boolean ended;
    private boolean refused;

    public ByteStream(Kernel kernel, int from, int to) {
        this.kernel = kernel;
        this.from = from;
        this.to = to;
    }

    /** Adds to the set what this waits for now: room for what it holds, or more to come. */
    public void await(Poll poll) {
        if (start < end) {
            poll.add(to, Poll.OUT);
        } else if (!ended) {
            poll.add(from, Poll.IN);
        }
    }

    /** Moves what can be moved after the wait. */
    public void move(Poll poll) {
        if (start == end && !ended && poll.isReady(from)) {
            take();
            put();
        } else if (start < end && poll.isReady(to)) {
            put();
        }
    }

    /** No more will come; what is held still goes. Also after a failure of either side. */
    public boolean hasEnded() {
        return ended;
    }

    /** Whether the other side takes nothing any more. */
    public boolean isRefused() {
        return refused;
    }

    /** Takes one piece if there is room for it; false if there was nothing to take. */
    public boolean take() {
        long length = kernel.call(Call.READ, from, piece.address(), PIECE);
        if (length == -Errno.EAGAIN.number() || length == -Errno.EINTR.number()) {
            return false;
        }
        ended |= length <= 0; // EIO is the end of a terminal whose programs are gone
        start = 0;
        end = (int) Math.max(0, length);
        return end > 0;
    }

    /** Writes what it holds, as far as that goes now; false if something is left. */
    public boolean put() {
        while (start < end) {
            long length = kernel.call(Call.WRITE, to, piece.address() + start, end - start);
            if (length == -Errno.EAGAIN.number()) {
                return false;
            }
            if (length < 0 && length != -Errno.EINTR.number()) {
                ended = true;
                refused = true;
                start = end;
            }
            start += (int) Math.max(0, length);
        }
        return true;
    }

    /** Puts one byte after what was taken; only when it has ended and holds nothing. */
    public void last(byte value) {
        piece.bytes().put(0, value);
        start = 0;
        end = 1;
        put();
    }
}
