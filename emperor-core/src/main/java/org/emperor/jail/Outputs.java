package org.emperor.jail;

import java.nio.ByteBuffer;
import org.emperor.realm.IncarnationId;

/** The output ends of all vassals. One thread, the log reader's, calls {@link #await}; it never blocks on a file. */
public interface Outputs extends AutoCloseable {

    /** Waits until some vassal has written, or one ended, or {@link #wake}; tells what there is, a bounded amount each. */
    void await(Sink sink);

    /**
     * Has another thread started in the place of one that is stuck in {@link #await}, which throws when it no longer is;
     * called on the loop's thread.
     *
     * @param another starts a thread that calls {@link #await} from now on
     */
    default void whenStuck(Runnable another) {}

    void wake();

    @Override
    void close();

    interface Sink {
        /** The bytes are the sink's only during the call. */
        void bytes(IncarnationId incarnation, ByteBuffer bytes);

        /** The incarnation's output was read to its end; its processes are gone or about to be. */
        void ended(IncarnationId incarnation);
    }
}
