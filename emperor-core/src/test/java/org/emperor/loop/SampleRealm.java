package org.emperor.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.loop.VassalView.State;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.Moment;
import org.emperor.spec.Identity;
import org.emperor.spec.VassalName;

/** Snapshots for tests of what people see. */
public final class SampleRealm {
    public static final Instant TIME = Instant.parse("2026-11-21T22:00:00Z");
    public static final Moment NOW = new Moment(Duration.ofHours(9).toNanos());
    private static final String SOURCE = "/etc/vassals";

    private SampleRealm() {}

    /** A loyal web server, a shell with a refused edit, a crash-looper, and a refused file with markup in it. */
    public static RealmSnapshot mixed() {
        return of(List.of(crasher(), shell(), web()), List.of(broken()));
    }

    public static RealmSnapshot calm() {
        return of(List.of(web()), List.of());
    }

    public static RealmSnapshot large(int vassals) {
        return of(
                IntStream.range(0, vassals)
                        .mapToObj(i -> running(String.format("vassal-%05d", i), 1000 + i))
                        .toList(),
                List.of());
    }

    public static RealmSnapshot of(List<VassalView> vassals, List<RefusedFile> refused) {
        return new RealmSnapshot(NOW, TIME, emperor(List.of(), false), vassals, refused);
    }

    public static RealmSnapshot stopping() {
        return new RealmSnapshot(NOW, TIME, emperor(List.of(), true), List.of(), List.of());
    }

    public static RealmSnapshot troubled(String trouble) {
        return new RealmSnapshot(NOW, TIME, emperor(List.of(trouble), false), List.of(), List.of());
    }

    public static VassalView running(String name, int pid) {
        return new VassalView(
                new VassalName(name),
                name + ".ini",
                SOURCE,
                State.RUNNING,
                true,
                "",
                1,
                pid,
                Optional.of(ago(Duration.ofHours(2))),
                Optional.empty(),
                1,
                0,
                0,
                0,
                Optional.empty(),
                new Identity("root", 0, 0, List.of(0), "/root", "/bin/sh"),
                new TreeMap<>(),
                false);
    }

    private static EmperorView emperor(List<String> troubles, boolean stopping) {
        return new EmperorView(
                4242,
                "0.1.0",
                TIME.minusSeconds(8 * 3600),
                List.of(SOURCE),
                troubles,
                30000,
                77,
                new TurnTimes(List.of(70L, 4L, 1L, 0L, 1L, 0L, 0L, 0L, 1L), Duration.ofMillis(2500)),
                12,
                2,
                9,
                3,
                1,
                0,
                stopping);
    }

    private static VassalView web() {
        return new VassalView(
                new VassalName("web@1"),
                "web@1.ini",
                SOURCE,
                State.READY,
                true,
                "",
                2,
                5001,
                Optional.of(ago(Duration.ofMinutes(62))),
                Optional.empty(),
                2,
                0,
                1,
                1,
                Optional.of(ExitStatus.signaled(9, false).withOomKills(1)),
                new Identity("www-data", 33, 33, List.of(33), "/var/www", "/usr/sbin/nologin"),
                new TreeMap<>(Map.of("tier", "web")),
                false);
    }

    private static VassalView shell() {
        return new VassalView(
                new VassalName("shell"),
                "shell.ini",
                SOURCE,
                State.RUNNING,
                false,
                "",
                1,
                5002,
                Optional.of(ago(Duration.ofSeconds(5))),
                Optional.empty(),
                1,
                0,
                0,
                0,
                Optional.empty(),
                new Identity("root", 0, 0, List.of(0), "/root", "/bin/sh"),
                new TreeMap<>(),
                true);
    }

    private static VassalView crasher() {
        return new VassalView(
                new VassalName("crasher"),
                "crasher.ini",
                SOURCE,
                State.WAITING,
                false,
                "next attempt after 6 faults in a row: <b>exit code 1</b>",
                6,
                0,
                Optional.empty(),
                Optional.of(NOW.plus(Duration.ofMillis(3500))),
                6,
                6,
                6,
                0,
                Optional.of(ExitStatus.exited(1)),
                new Identity("root", 0, 0, List.of(0), "/root", "/bin/sh"),
                new TreeMap<>(),
                false);
    }

    private static RefusedFile broken() {
        return new RefusedFile(
                "<img src=x>.ini",
                "/etc/vassals/<img src=x>.ini",
                SOURCE,
                List.of(new Problem(
                        new Position("/etc/vassals/<img src=x>.ini", 3, 8),
                        "exce",
                        "unknown key",
                        "did you mean \"exec\"?")));
    }

    private static Moment ago(Duration age) {
        return NOW.plus(age.negated());
    }
}
