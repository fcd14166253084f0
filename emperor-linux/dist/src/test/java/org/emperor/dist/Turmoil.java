package org.emperor.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Operators who never rest, vassals that misbehave and blows from outside, all of one seed. */
final class Turmoil {
    private static final int VASSALS = 24;
    private static final int DIARY = 60;

    /** What a vassal is like; the words are the probe's. */
    private enum Kind {
        PLAIN("stay", ""),
        STUBBORN("ignore stay", "clone = pid"),
        FIVE("stay", "clone = fs,net,ipc,uts,pid"),
        MAPPED("stay", "clone = fs,net,ipc,uts,pid,user"),
        STANDARD("stay", "jail-preset = standard\nbind-ro = %s"),
        BARE("stay", "init = none"),
        FIRST("stay", "init = none\nclone = fs,ipc,uts,pid"),
        DRIFTING("drift ignore stay", "uid = www-data"),
        FORSAKING("orphans:20 stay", "clone = pid"),
        LIMITED("stay", "pids-max = 20\nclone = ipc"),
        LOUD("flood", "pids-max = 5"),
        WIRED("stay", "net = private\nclone = fs,pid"),
        HOOKED("stay", "clone = pid\nhook-pre-jail = exec:/bin/true\nhook-as-emperor = exec:/bin/sleep 0.02"),
        CRASHING("exit:1", "clone = uts"),
        ENDING("exit:0", ""),
        FAILING("stay", "clone = fs,pid\nchdir = /no/such/directory");

        private final String words;
        private final String settings;

        Kind(String words, String settings) {
            this.words = words;
            this.settings = settings;
        }

        boolean isLasting() {
            return this != CRASHING && this != ENDING && this != FAILING;
        }
    }

    private final Place place;
    private final long seed;
    private final Random random;
    private final Truth truth;
    private final Deque<String> diary = new ArrayDeque<>();
    private int steps;

    Turmoil(Place place, long seed) {
        this.place = place;
        this.truth = new Truth(place);
        this.seed = seed;
        this.random = new Random(seed);
    }

    int steps() {
        return steps;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** One edit or blow, and a short pause or none. */
    void step(RunningEmperor emperor) {
        steps++;
        int dice = below(100);
        if (dice < 30) {
            drop(someName(), Kind.values()[below(Kind.values().length)]);
        } else if (dice < 43) {
            someFile().ifPresent(this::touch);
        } else if (dice < 56) {
            someFile().ifPresent(this::remove);
        } else if (dice < 63) {
            breakFile(emperor, someName());
        } else if (dice < 68) {
            rename();
        } else if (dice < 80) {
            blow("KILL", Host.running(place.path().resolve("probe")));
        } else if (dice < 85) {
            blow("KILL", inits());
        } else if (dice < 88) {
            blow(below(2) == 0 ? "STOP" : "TERM", Host.running(place.path().resolve("probe")));
        } else if (dice < 90) {
            moveDirectoryAwayAndBack(emperor);
        } else if (dice < 92) {
            note("HUP");
            emperor.signal("HUP");
        } else {
            emperor.get(below(2) == 0 ? "/metrics" : "/api/v1/vassals");
        }
        pause(below(20) == 0 ? 100 : below(5));
    }

    private void note(String what) {
        diary.add(steps + ": " + what);
        if (diary.size() > DIARY) {
            diary.remove();
        }
    }

    static void pause(int milliseconds) {
        LockSupport.parkNanos(Duration.ofMillis(milliseconds).toNanos());
    }

    private String someName() {
        return "v" + below(VASSALS);
    }

    private Optional<String> someFile() {
        List<String> names = new ArrayList<>(truth.wanted.keySet());
        names.addAll(truth.broken);
        return names.isEmpty() ? Optional.empty() : Optional.of(names.get(below(names.size())));
    }

    private void drop(String vassal, Kind kind) {
        Truth.Wanted next = new Truth.Wanted("TURMOIL=" + steps, kind.isLasting());
        note("drop " + vassal + " " + kind + " " + next.mark());
        place.drop(
                vassal,
                "exec = " + place.probe(kind.words),
                kind.settings.replace("%s", place.path().toString()),
                "env = " + next.mark(),
                "loyal-after = 20ms",
                "stop-grace = 50ms");
        truth.wanted.put(vassal, next);
        truth.broken.remove(vassal);
    }

    private void touch(String vassal) {
        note("touch " + vassal);
        place.touch(vassal);
    }

    private void remove(String vassal) {
        note("remove " + vassal);
        place.remove(vassal);
        truth.wanted.remove(vassal);
        truth.broken.remove(vassal);
    }

    /**
     * One that is wanted has run by then, or nobody could know whether its last good file was ever read. That a file was
     * removed and written wrong at once looks like an edit, too: it may run on.
     */
    private void breakFile(RunningEmperor emperor, String vassal) {
        Truth.Wanted good = truth.wanted.get(vassal);
        if (good != null && !good.lasting()) {
            return;
        }
        if (good != null && !truth.broken.contains(vassal)) {
            emperor.untilShown(vassal, "running", shown -> Truth.runs(shown, good));
        }
        note("break " + vassal);
        place.drop(vassal, "exec = /bin/true", "no-such-key = " + steps);
        truth.broken.add(vassal);
    }

    private void rename() {
        Optional<String> from = someFile();
        String to = someName();
        if (from.isEmpty()
                || truth.broken.contains(from.get())
                || truth.wanted.containsKey(to)
                || truth.broken.contains(to)) {
            return;
        }
        note("rename " + from.get() + " to " + to);
        move(place.file(from.get()), place.file(to));
        truth.wanted.put(to, truth.wanted.remove(from.get()));
    }

    /** What is removed before the emperor has looked at it, or again at the directory, would be lost with that. */
    private void moveDirectoryAwayAndBack(RunningEmperor emperor) {
        untilLookedAt(emperor);
        note("the directory is moved away, and back");
        Path aside = place.path().resolve("aside");
        move(place.vassals(), aside);
        pause(below(30));
        move(aside, place.vassals());
        untilLookedAt(emperor);
    }

    /** What was done to the directory before another file appears is seen with it at the latest. */
    private void untilLookedAt(RunningEmperor emperor) {
        drop(someName(), Kind.PLAIN);
        untilTrue(emperor);
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void blow(String signal, List<Integer> pids) {
        if (!pids.isEmpty()) {
            int pid = pids.get(below(pids.size()));
            note(signal + " to " + pid);
            ProcessHandle.of(pid).ifPresent(process -> send(signal, pid));
        }
    }

    /** It may have ended by now, and its id is not another's so soon. */
    private static void send(String signal, int pid) {
        try {
            new ProcessBuilder("kill", "-s", signal, "" + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Integer> inits() {
        return place.jailed().stream()
                .filter(pid -> Host.arguments(pid).get(0).equals("jail-init"))
                .toList();
    }

    /** What is broken now is wanted by nobody: an emperor that comes later has never read another file in its place. */
    void forgetWhatWasBroken() {
        truth.wanted.keySet().removeAll(truth.broken);
    }

    /** Removes every file; whoever is in the way of that is known no more. */
    void end() {
        List.copyOf(truth.wanted.keySet()).forEach(this::remove);
        List.copyOf(truth.broken).forEach(this::remove);
    }

    /** Waits until everything is as the files say. */
    void untilTrue(RunningEmperor emperor) {
        String[] last = {""};
        try {
            emperor.until("all is as the files say", () -> {
                last[0] = truth.difference(emperor);
                return last[0].isEmpty();
            });
        } catch (AssertionError late) {
            throw new AssertionError(
                    "seed " + seed + ", step " + steps + ": " + last[0] + "\n" + String.join("\n", diary), late);
        }
    }
}
