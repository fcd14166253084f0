package org.emperor.jail;

import org.emperor.realm.Moment;
import org.emperor.spec.VassalSpec;

/** A platform opened for reigning. */
public interface Host extends AutoCloseable {

    HostFacts facts();

    JailBackend backend();

    Outputs outputs();

    FileWatch fileWatch();

    /** The monotonic clock. */
    Moment now();

    /** What an earlier emperor on this state directory left and was ended at opening, a line each. */
    java.util.List<String> leftovers();

    /**
     * Does all of a launch and a dismantling of this vassal but its processes, so that the code is compiled when it is needed.
     * Leaves nothing behind; callable from any one thread while the backend works.
     */
    void rehearse(VassalSpec spec);

    /** The start is over, and for now nothing is to be done: gives back what only the start has needed. From any thread. */
    default void settle() {}

    @Override
    void close();
}
