package org.emperor.jail;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emperor.realm.ExitStatus;
import org.emperor.spec.Signal;

/**
 * A program of a few words, run honestly: {@code /bin/true}, {@code /bin/false}, {@code /bin/sleep N}, and {@code /bin/sh
 * -c} with {@code exit N}, {@code sleep N}, {@code kill -SIGNAL $$} and {@code trap '' SIGNAL} between semicolons. As in a
 * real shell an unknown command ends a script that has no other with 127.
 */
final class FakeProgram {
    private static final Map<Signal, Integer> NUMBERS = Map.ofEntries(
            Map.entry(Signal.HUP, 1),
            Map.entry(Signal.INT, 2),
            Map.entry(Signal.QUIT, 3),
            Map.entry(Signal.ABRT, 6),
            Map.entry(Signal.KILL, 9),
            Map.entry(Signal.USR1, 10),
            Map.entry(Signal.USR2, 12),
            Map.entry(Signal.ALRM, 14),
            Map.entry(Signal.TERM, 15));
    private static final Set<String> THERE = Set.of("/bin/sh", "/bin/true", "/bin/false", "/bin/sleep");

    private final Deque<String> commands;
    private final Set<Signal> ignored = EnumSet.noneOf(Signal.class);
    private int last;
    private Optional<ExitStatus> ended = Optional.empty();

    private FakeProgram(List<String> commands) {
        this.commands = new ArrayDeque<>(commands);
    }

    static boolean exists(String path) {
        return THERE.contains(path);
    }

    static FakeProgram of(List<String> argv) {
        return new FakeProgram(
                switch (argv.get(0)) {
                    case "/bin/true" -> List.of("exit 0");
                    case "/bin/false" -> List.of("exit 1");
                    case "/bin/sleep" -> List.of("sleep " + argv.get(1));
                    case "/bin/sh" -> script(argv);
                    default -> throw new IllegalArgumentException("no such program: " + argv);
                });
    }

    Optional<ExitStatus> ended() {
        return ended;
    }

    /** Runs until it ends or sleeps; the answer is how long it sleeps. */
    Optional<Duration> run() {
        while (ended.isEmpty() && !commands.isEmpty()) {
            String[] words = commands.remove().split(" ");
            last = 0;
            switch (words[0]) {
                case "exit" -> ended = Optional.of(ExitStatus.exited(Integer.parseInt(words[1])));
                case "sleep" -> {
                    return Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(words[1]) * 1000)));
                }
                case "kill" -> signal(Signal.parse(words[1].substring(1)).orElseThrow());
                case "trap" -> ignored.add(Signal.parse(words[2]).orElseThrow());
                default -> last = 127;
            }
        }
        if (ended.isEmpty()) {
            ended = Optional.of(ExitStatus.exited(last));
        }
        return Optional.empty();
    }

    /** Ends it unless the signal is ignored, by the program or by default. */
    void signal(Signal signal) {
        boolean deadly = NUMBERS.containsKey(signal) && (signal == Signal.KILL || !ignored.contains(signal));
        if (ended.isEmpty() && deadly) {
            ended = Optional.of(ExitStatus.signaled(NUMBERS.get(signal), false));
        }
    }

    private static List<String> script(List<String> argv) {
        List<String> all = new ArrayList<>();
        for (String command : argv.get(2).split(";")) {
            all.add(command.strip());
        }
        return all;
    }
}
