package org.emperor.linux.benchmark;

import java.util.Locale;

/** How results are written: three digits that mean something. */
final class Numbers {
    private Numbers() {}

    static String milliseconds(long nanos) {
        return digits(nanos / 1e6);
    }

    static String seconds(long nanos) {
        return digits(nanos / 1e9);
    }

    static String mebibytes(long kibibytes) {
        return digits(kibibytes / 1024.0);
    }

    static String ratio(long nanos, long raw) {
        return digits((double) nanos / raw);
    }

    static String digits(double value) {
        int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : value >= 0.9995 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
