package org.emperor.jail;

import org.emperor.realm.Moment;

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

    @Override
    void close();
}
