package org.emperor.cli;

/** What the command's exit code says. */
final class ExitCode {
    static final int FINE = 0;
    static final int USAGE = 2;
    /** Some vassal is not as wanted, or the emperor is in trouble. */
    static final int NOT_AS_WANTED = 3;

    static final int UNKNOWN_VASSAL = 4;
    static final int NO_DAEMON = 5;
    /** The operator's mistake: a file or setting that cannot be used as it is. */
    static final int MISTAKE = 100;

    /** The host refused what was needed. */
    static final int HOST_REFUSED = 111;

    private ExitCode() {}
}
