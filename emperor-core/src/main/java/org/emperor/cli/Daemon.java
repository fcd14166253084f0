package org.emperor.cli;

import java.util.List;

/** The daemon. */
final class Daemon {
    private Daemon() {}

    static int run(List<String> args) {
        return args.isEmpty() ? ExitCode.FINE : ExitCode.USAGE;
    }
}
