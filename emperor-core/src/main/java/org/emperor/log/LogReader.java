package org.emperor.log;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import org.emperor.jail.Outputs;
import org.emperor.realm.IncarnationId;

/** The thread that takes what vassals write, as fast as they write it, and puts it into the queue; it touches no file. */
public final class LogReader implements Runnable {
    private final Outputs outputs;
    private final LogQueue queue;
    private final InstantSource clock;
    private volatile boolean stopped;

    public LogReader(Outputs outputs, LogQueue queue, InstantSource clock) {
        this.outputs = outputs;
        this.queue = queue;
        this.clock = clock;
    }

    @Override
    public void run() {
        Outputs.Sink sink = new Outputs.Sink() {
            @Override
            public void bytes(IncarnationId incarnation, ByteBuffer bytes) {
                queue.put(incarnation, clock.instant(), bytes);
            }

            @Override
            public void ended(IncarnationId incarnation) {
                queue.end(incarnation, clock.instant());
            }
        };
        while (!stopped) {
            outputs.await(sink);
        }
    }

    /** Ends {@link #run} soon; callable from any thread. */
    public void stop() {
        stopped = true;
        outputs.wake();
    }
}
