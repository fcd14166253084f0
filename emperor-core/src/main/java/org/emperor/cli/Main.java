package org.emperor.cli;

import java.util.List;

/** The command {@code emperor}: the daemon and its client. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(dispatch(List.of(args)));
    }

    /** {@code run} comes first, before any class of picocli is loaded: they cost a third of the time to the first launch. */
    private static int dispatch(List<String> args) {
        if (args.equals(List.of("help", "run"))) {
            System.out.print(RunOptions.help());
            return ExitCode.FINE;
        }
        if (!args.isEmpty() && args.get(0).equals("run")) {
            return Daemon.run(args.subList(1, args.size()));
        }
        return Commands.execute(args.toArray(String[]::new));
    }
}
