package org.emperor.dist;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Operators who never rest, vassals that misbehave and blows from outside, all of one seed; and what must be true of the
 * host once they pause: who is wanted runs once, by the newest file that could be read, and nobody else does. An emperor's word is
 * not taken for it: processes and cgroups are looked up in the kernel.
 */
final class Turmoil {
    private static final int VASSALS = 24;
    private static final int DIARY = 60;
    private static final Pattern LEAF = Pattern.compile("/emperor\\.[0-9a-f]{8}/([^/]+)\\.([0-9]+)(/.*)?$");

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

    /** The newest file of a vassal that could be read; the token is in the environment of its processes. */
    private record Wanted(Kind kind, int token) {}

    private final Place place;
    private final long seed;
    private final Random random;
    private final Map<String, Wanted> wanted = new TreeMap<>();
    private final Set<String> broken = new TreeSet<>();
    private final Deque<String> diary = new ArrayDeque<>();
    private int steps;

    Turmoil(Place place, long seed) {
        this.place = place;
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
        List<String> names = new ArrayList<>(wanted.keySet());
        names.addAll(broken);
        return names.isEmpty() ? Optional.empty() : Optional.of(names.get(below(names.size())));
    }

    private void drop(String vassal, Kind kind) {
        Wanted next = new Wanted(kind, steps);
        note("drop " + vassal + " " + next);
        place.drop(
                vassal,
                "exec = " + place.probe(next.kind.words),
                next.kind.settings.replace("%s", place.path().toString()),
                "env = TURMOIL=" + next.token,
                "loyal-after = 20ms",
                "stop-grace = 50ms");
        wanted.put(vassal, next);
        broken.remove(vassal);
    }

    private void touch(String vassal) {
        note("touch " + vassal);
        place.touch(vassal);
    }

    private void remove(String vassal) {
        note("remove " + vassal);
        place.remove(vassal);
        wanted.remove(vassal);
        broken.remove(vassal);
    }

    /**
     * One that is wanted has run by then, or nobody could know whether its last good file was ever read. That a file was
     * removed and written wrong at once looks like an edit, too: it may run on.
     */
    private void breakFile(RunningEmperor emperor, String vassal) {
        Wanted good = wanted.get(vassal);
        if (good != null && !good.kind.isLasting()) {
            return;
        }
        if (good != null && !broken.contains(vassal)) {
            emperor.untilShown(vassal, "running", shown -> runs(shown, good));
        }
        note("break " + vassal);
        place.drop(vassal, "exec = /bin/true", "no-such-key = " + steps);
        broken.add(vassal);
    }

    private void rename() {
        Optional<String> from = someFile();
        String to = someName();
        if (from.isEmpty() || broken.contains(from.get()) || wanted.containsKey(to) || broken.contains(to)) {
            return;
        }
        note("rename " + from.get() + " to " + to);
        move(place.file(from.get()), place.file(to));
        wanted.put(to, wanted.remove(from.get()));
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
        wanted.keySet().removeAll(broken);
    }

    /** Removes every file; whoever is in the way of that is known no more. */
    void end() {
        List.copyOf(wanted.keySet()).forEach(this::remove);
        List.copyOf(broken).forEach(this::remove);
    }

    /** Waits until everything is as the files say. */
    void untilTrue(RunningEmperor emperor) {
        String[] last = {""};
        try {
            emperor.until("all is as the files say", () -> {
                last[0] = difference(emperor);
                return last[0].isEmpty();
            });
        } catch (AssertionError late) {
            throw new AssertionError(
                    "seed " + seed + ", step " + steps + ": " + last[0] + "\n" + String.join("\n", diary), late);
        }
    }

    /** The first thing that is not as it must be; empty if there is none. */
    private String difference(RunningEmperor emperor) {
        Map<String, JsonNode> shown = new HashMap<>();
        emperor.vassals().forEach(vassal -> shown.put(vassal.get("name").textValue(), vassal));
        Set<String> known = new TreeSet<>(shown.keySet());
        known.removeIf(vassal -> broken.contains(vassal) && !wanted.containsKey(vassal)); // see breakFile
        if (!known.equals(wanted.keySet())) {
            return "known are " + known + ", wanted " + wanted.keySet();
        }
        Set<String> refused = new TreeSet<>();
        emperor.refused().forEach(file -> refused.add(file.get("id").textValue().replace(".ini", "")));
        if (!refused.equals(broken)) {
            return "refused are " + refused + ", wrong " + broken;
        }
        for (Map.Entry<String, Wanted> entry : wanted.entrySet()) {
            JsonNode vassal = shown.get(entry.getKey());
            if (entry.getValue().kind.isLasting() && !runs(vassal, entry.getValue())) {
                return entry + " is " + vassal;
            }
        }
        return strangers(shown);
    }

    private static boolean runs(JsonNode vassal, Wanted wanted) {
        return vassal.get("state").textValue().equals("running")
                && Host.text(vassal.get("pid").intValue(), "environ").contains("TURMOIL=" + wanted.token + "\0");
    }

    /** Nobody is left of an earlier incarnation, in a process or in a leaf. */
    private String strangers(Map<String, JsonNode> shown) {
        Set<String> places = new HashSet<>(place.cgroups());
        place.jailed().forEach(pid -> Host.text(pid, "cgroup")
                .lines()
                .filter(line -> line.contains(place.realmId()))
                .forEach(places::add));
        for (String leaf : places) {
            Matcher name = LEAF.matcher(leaf);
            if (name.find()) {
                JsonNode vassal = shown.get(name.group(1));
                if (vassal == null || vassal.get("incarnation").intValue() != Integer.parseInt(name.group(2))) {
                    return leaf + " is there, and " + vassal;
                }
            }
        }
        return "";
    }
}
