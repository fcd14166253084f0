package org.emperor.spec;

import static org.emperor.spec.SpecReaderFixture.accepted;
import static org.emperor.spec.SpecReaderFixture.problems;
import static org.emperor.spec.SpecReaderFixture.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emperor.lang.Position;
import org.emperor.lang.Setting;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecReaderTest {
    private static final String PLAIN = "[vassal]\nexec = /bin/true\n";
    private static final Setting CLONE = new Setting("clone", "pid,fs", Position.of("--emperor-use-clone"));

    @TestFactory
    Stream<DynamicTest> filesMeanWhatTheySay() {
        return Corpus.of("accepted.txt").stream()
                .map(example -> dynamicTest(
                        example.title(), () -> assertEquals(example.expected(), difference(accepted(example.file())))));
    }

    @TestFactory
    Stream<DynamicTest> wrongFilesAreRefusedWithAllTheirProblems() {
        return Corpus.of("refused.txt").stream()
                .map(example -> dynamicTest(
                        example.title(), () -> assertEquals(example.expected(), problems(read(example.file())))));
    }

    @Test
    void whatIsNotGivenIsTheStandardOfTheTable() {
        assertEquals("""
                program: [/bin/true] in no directory, init RESIDENT
                env: {}
                identity: root 0:0 [0, 4] /root /bin/bash
                life: TERM 10s, touch reloads true, loyal after 3s, start in 30s, dies true
                unset: [], umask 22
                priority: nice 0, processors []
                reload-signal: none
                restart: ALWAYS, success [0], fatal []
                backoff: - x- to - +--%, restarts -
                limits:\s
                labels: {}
                pids-max: none
                jail: []""", String.join("\n", lines(accepted(PLAIN))));
    }

    @Test
    void byteOrderMarkCarriageReturnsAndCommentsChangeNothing() {
        String same = "\uFEFF; a comment\r\n[other]\r\nexec = x\r\n[vassal]\r\n\r\n  exec=/bin/true  \r\n# end";
        assertEquals(accepted(PLAIN).digest(), accepted(same).digest());
    }

    @Test
    void defaultOfTheDaemonCountsWhereTheFileIsSilent() {
        assertEquals(List.of(CLONE), accepted(PLAIN, CLONE).jail());
        assertEquals(
                List.of(new Setting("clone", "net", new Position("web.ini", 3, 9))),
                accepted(PLAIN + "clone = net", CLONE).jail());
    }

    @Test
    void hooksOfTheDaemonComeBeforeThoseOfTheFile() {
        Setting hook = new Setting("hook-post-jail", "print:of all", Position.of("--hook-post-jail"));
        List<String> values = accepted(PLAIN + "hook-post-jail = print:own\nclone = net", CLONE, hook).jail().stream()
                .map(Setting::value)
                .toList();
        assertEquals(List.of("print:of all", "print:own", "net"), values);
    }

    @Test
    void zeroByteInAFileOfADirectoryIsANewlineOfTheValue() {
        VassalSpec spec = accepted(PLAIN + "envdir = /etc/nul.d");
        assertEquals("one\ntwo", spec.program().environment().get("TWO"));
    }

    @Test
    void valueOfAMillionBlanksIsReadAtOnce() {
        VassalSpec spec = accepted(PLAIN + "envdir = /etc/blank.d");
        assertEquals(1_000_001, spec.program().environment().get("B").length());
    }

    @Test
    void fileThatSaysMoreThanAnyPlanHoldsIsRefused() {
        String file = PLAIN + "big = " + "x".repeat(60_000) + "\n";
        StringBuilder many = new StringBuilder(file);
        for (int i = 0; i < 100; i++) {
            many.append("env = V").append(i).append("=%(big)\n");
        }
        assertEquals(
                "web.ini: has 5859 KiB of values, and what a jail is built from at most 1024;"
                        + " shorten exec or env, or put them into a file",
                problems(read(many.toString())));
        assertEquals(
                60_000,
                accepted(file + "env = V=%(big)")
                        .program()
                        .environment()
                        .get("V")
                        .length());
    }

    @Test
    void stopGraceOfTheDaemonGivesWayToASequenceOfTheFile() {
        Setting grace = new Setting("stop-grace", "30s", Position.of("--emperor-curse-tolerance"));
        assertEquals(
                Duration.ofSeconds(30),
                accepted(PLAIN, grace).life().stopSequence().get(0).patience());
        assertEquals(
                List.of(new StopStep(Signal.INT, Duration.ofSeconds(2))),
                accepted(PLAIN + "stop-sequence = INT 2s", grace).life().stopSequence());
    }

    @Test
    void firstDelayOfTheDaemonMayBeLongerThanTheLongestOfTheFile() {
        Setting throttle = new Setting("backoff-delay", "5000ms", Position.of("--emperor-throttle"));
        Backoff backoff = accepted(PLAIN + "backoff-limit = 2s", throttle)
                .life()
                .restart()
                .backoff();
        assertEquals(Optional.of(Duration.ofSeconds(5)), backoff.delay());
        assertEquals(Optional.of(Duration.ofSeconds(2)), backoff.limit());
    }

    @Test
    void placesOfPortableKeysAreKept() {
        VassalSpec spec = accepted(PLAIN + "pids-max = 5\nprio = 3\n");
        assertEquals(new Position("web.ini", 3, 12), spec.place("pids-max"));
        assertEquals(new Position("web.ini", 4, 8), spec.place("nice"));
        assertEquals(Position.of("web.ini"), spec.place("umask"));
    }

    @Test
    void labelsAreBounded() {
        StringBuilder labels = new StringBuilder(PLAIN + "labels =");
        for (int i = 0; i < 16; i++) {
            labels.append(" l").append(i).append("=v");
        }
        assertEquals(16, accepted(labels.toString()).labels().size());
        assertEquals(
                "web.ini:4: labels: more than 16 labels; remove some",
                problems(read(labels + "\nlabels = one=more\n")));
    }

    @Test
    void wrongDefaultOfTheDaemonIsReportedWithItsOwnPosition() {
        Setting wrong = new Setting("namespace-net", "maybe", Position.of("--namespace-net"));
        assertEquals(
                "--namespace-net: namespace-net: \"maybe\" is not allowed; allowed: true, false, yes, no, on, off, 1, 0\n"
                        + "web.ini:3: colne: unknown key; did you mean clone?",
                problems(read(PLAIN + "colne = x", wrong)));
    }

    @Test
    void nulAndInvalidUtf8AndSizeAreRefused() {
        assertEquals(
                "web.ini:2: a NUL byte at byte offset 16; a settings file is plain text",
                problems(read("[vassal]\nexec = \0")));
        assertEquals(
                "web.ini:1: not UTF-8 at byte offset 0; save the file as UTF-8",
                problems(read(new byte[] {(byte) 0xff, (byte) 0xfe, '[', 0})).split("\n")[0]);
        assertTrue(problems(read(new byte[2_000_000])).startsWith("web.ini: larger than 1 MiB"));
    }

    @Test
    void longestWordOfTheKernelIsAcceptedAndOneByteMoreIsNot() {
        String longest = "é".repeat(65535) + "x";
        assertEquals(
                longest,
                accepted("[vassal]\nexec = a " + longest).program().argv().get(1));
        assertEquals(
                "web.ini:2:8: exec: a word longer than 131071 bytes; the kernel takes none; use a file",
                problems(read("[vassal]\nexec = a x" + longest)));
        assertEquals(
                "web.ini:3:7: env: longer than 131071 bytes; the kernel takes none; use a file",
                problems(read(PLAIN + "env = A=" + longest)));
    }

    @Test
    void shownValuesAreCutAndCannotSteerATerminal() {
        assertEquals(
                "web.ini:3:8: init: \"\\u{1b}[2J\\u{202e}" + "x".repeat(55)
                        + "…\" is not allowed; allowed: resident, none",
                problems(read(PLAIN + "init = \u001b[2J\u202e" + "x".repeat(70))));
    }

    @Test
    void problemsBeyondAHundredAreCounted() {
        List<String> told =
                problems(read(PLAIN + "zzzz = 1\n".repeat(150))).lines().toList();
        assertEquals(101, told.size());
        assertEquals("web.ini:3: zzzz: unknown key; remove it, or correct its name", told.get(0));
        assertEquals("web.ini: and 50 more problems; correct these first", told.get(100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec = /bin/false",
                "exec = /bin/true x",
                "chdir = /",
                "env = A=",
                "uid = www-data",
                "gid = 7",
                "init = none",
                "stop-signal = INT",
                "stop-grace = 11s",
                "reload-on-touch = no",
                "loyal-after = 2s",
                "start-timeout = 31s",
                "pids-max = 5",
                "env-file = /etc/good.env",
                "unenv = LANG",
                "umask = 077",
                "add-gid = 7",
                "no-initgroups = true",
                "nice = 5",
                "cpu-affinity = 0",
                "limit-core = 0",
                "stop-sequence = TERM 10s KILL 1s",
                "reload-signal = HUP",
                "restart = never",
                "success-codes = 0 1",
                "fatal-codes = 2",
                "backoff-delay = 1s",
                "backoff-factor = 3",
                "backoff-limit = 1m",
                "backoff-jitter = 0",
                "max-restarts = 5",
                "labels = a=b",
                "clone = pid",
                "hook-post-jail = x"
            })
    void digestChangesWithEverythingThatIsSaid(String line) {
        String base = "[vassal]\n" + (line.startsWith("exec") ? "" : "exec = /bin/true\n");
        assertNotEquals(accepted(PLAIN).digest(), accepted(base + line).digest());
    }

    @Test
    void digestIsOfTheMeaningNotOfTheText() {
        assertEquals(
                accepted(PLAIN + "stop-grace = 60\nuid = www-data\nclone = pid").digest(),
                accepted("[vassal]\nuid=33\n\nclone=pid\nstop_grace = 1m\nexec = '/bin/true'\n")
                        .digest());
        assertEquals(64, accepted(PLAIN).digest().length());
    }

    @Test
    void digestTellsWordsAndOrderApart() {
        List<String> digests = Stream.of(
                        "[vassal]\nexec = a b",
                        "[vassal]\nexec = 'a b'",
                        "[vassal]\nexec = b a",
                        "[vassal]\nexec = a b\nhook-post-jail = 1\nhook-post-jail = 2",
                        "[vassal]\nexec = a b\nhook-post-jail = 2\nhook-post-jail = 1")
                .map(content -> accepted(content).digest())
                .toList();
        assertEquals(digests.size(), digests.stream().distinct().count());
    }

    /** Lines of the spec that a plain one does not have. */
    private static String difference(VassalSpec spec) {
        List<String> lines = new ArrayList<>(lines(spec));
        lines.removeAll(lines(accepted(PLAIN)));
        return String.join("\n", lines);
    }

    private static List<String> lines(VassalSpec spec) {
        Program program = spec.program();
        Identity id = spec.identity();
        Life life = spec.life();
        List<String> words =
                program.argv().stream().map(word -> "[" + word + "]").toList();
        return List.of(
                "program: " + String.join("", words) + " in "
                        + program.directory().orElse("no directory") + ", init " + program.init(),
                "env: " + program.environment(),
                "identity: " + id.user() + " " + id.uid() + ":" + id.gid() + " " + id.groups() + " " + id.home() + " "
                        + id.shell(),
                "life: " + steps(life) + ", touch reloads "
                        + life.reloadOnTouch() + ", loyal after " + seconds(life.loyalAfter()) + ", start in "
                        + seconds(life.startTimeout()) + ", dies " + life.diesWithEmperor(),
                "unset: " + new TreeSet<>(program.unset()) + ", umask " + Integer.toOctalString(program.umask()),
                "priority: nice " + program.priority().nice() + ", processors "
                        + program.priority().cpus(),
                "reload-signal: " + life.reloadSignal().map(Signal::toString).orElse("none"),
                "restart: " + life.restart().when() + ", success "
                        + life.restart().success() + ", fatal " + life.restart().fatal(),
                "backoff: " + backoff(life.restart().backoff()),
                "limits: " + limits(spec.limits().resources()),
                "labels: " + spec.labels(),
                "pids-max: "
                        + (spec.limits().pidsMax().isPresent()
                                ? spec.limits().pidsMax().getAsLong()
                                : "none"),
                "jail: "
                        + spec.jail().stream()
                                .map(setting -> setting.position() + " " + setting.key() + "=" + setting.value())
                                .toList());
    }

    private static String steps(Life life) {
        return life.stopSequence().stream()
                .map(step -> step.signal() + " " + seconds(step.patience()))
                .collect(Collectors.joining(" "));
    }

    private static String backoff(Backoff backoff) {
        return backoff.delay().map(SpecReaderTest::seconds).orElse("-") + " x" + number(backoff.factor()) + " to "
                + backoff.limit().map(SpecReaderTest::seconds).orElse("-") + " +-" + number(backoff.jitter())
                + "%, restarts " + number(backoff.maxRestarts());
    }

    private static String number(OptionalInt number) {
        return number.isPresent() ? Integer.toString(number.getAsInt()) : "-";
    }

    private static String limits(List<ResourceLimit> limits) {
        return limits.stream()
                .map(limit -> limit.resource() + " " + limit.soft() + ":" + limit.hard())
                .collect(Collectors.joining(", "));
    }

    private static String seconds(Duration duration) {
        String seconds = Double.toString(duration.toNanos() / 1e9);
        return (seconds.endsWith(".0") ? seconds.substring(0, seconds.length() - 2) : seconds) + "s";
    }
}
