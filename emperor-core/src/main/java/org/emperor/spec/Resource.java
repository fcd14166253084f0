package org.emperor.spec;

import java.util.Locale;

/** What setrlimit(2) limits; a platform need not know all. */
public enum Resource {
    AS(Unit.BYTES),
    CORE(Unit.BYTES),
    CPU(Unit.ONES),
    DATA(Unit.BYTES),
    FSIZE(Unit.BYTES),
    LOCKS(Unit.ONES),
    MEMLOCK(Unit.BYTES),
    MSGQUEUE(Unit.BYTES),
    NICE(Unit.ONES),
    NOFILE(Unit.ONES),
    NPROC(Unit.ONES),
    RSS(Unit.BYTES),
    RTPRIO(Unit.ONES),
    RTTIME(Unit.ONES),
    SIGPENDING(Unit.ONES),
    STACK(Unit.BYTES);

    private enum Unit {
        BYTES,
        ONES
    }

    private final Unit unit;
    private final String key;

    Resource(Unit unit) {
        this.unit = unit;
        this.key = "limit-".concat(name().toLowerCase(Locale.ROOT));
    }

    /** The key that limits it. */
    public String key() {
        return key;
    }

    boolean isSize() {
        return unit == Unit.BYTES;
    }

    /** uWSGI counts this one in megabytes, everything else in bytes: a number alone could mean either. */
    boolean needsUnit() {
        return this == AS;
    }
}
