package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A hostile vassal gets out of no jail that promises to hold it. That the attempts are real ones is shown by the same
 * program without a jail.
 */
@Tag("kernel")
class EscapeTest {
    /** What cannot be tried without harm, or shows nothing, on a host without a jail. */
    private static final Set<String> ONLY_IN_JAILS =
            Set.of("directory", "overwrite-init", "unmask", "cgroup-path", "terminal", "groups");

    /** Reached through the host's network, which these jails share on purpose. */
    private static final Set<String> BY_NETWORK = Set.of("abstract-socket", "loopback");

    /** What only a filter of system calls denies. */
    private static final Set<String> BY_FILTER = Set.of("surface", "numbers");

    private static Hostile hostile;
    private static RunningEmperor emperor;
    private static Path hostFile;

    /** @param notPromised attempts that may succeed here */
    record Jail(String name, List<String> lines, Set<String> notPromised) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start() throws IOException {
        hostile = new Hostile();
        Place place = new Place();
        hostFile = Files.createFile(place.path().resolve("host-file"));
        emperor = RunningEmperor.ready(RunningEmperor.launch(place, hostile.withKey(RunningEmperor.java())));
    }

    @AfterAll
    static void stop() {
        emperor.end();
        hostile.close();
    }

    static Stream<Jail> jails() {
        return Stream.of("standard", "strict").flatMap(EscapeTest::jails);
    }

    /** As root and as a user, with and without a user namespace; strict has one always. */
    private static Stream<Jail> jails(String preset) {
        Set<String> loose = new TreeSet<>();
        if (preset.equals("standard")) {
            loose.addAll(BY_NETWORK);
            loose.addAll(BY_FILTER);
        }
        String jail = "jail-preset = " + preset;
        return Stream.of(
                new Jail(preset + "-root", List.of(jail), loose),
                new Jail(preset + "-chroot", List.of(jail, "chroot = " + hostile.root()), loose),
                new Jail(preset + "-user", List.of(jail, "uid = www-data"), loose),
                new Jail(preset + "-mapped-root", List.of(jail, "clone = user"), loose),
                new Jail(preset + "-mapped-user", List.of(jail, "clone = user", "uid = www-data"), loose));
    }

    @Test
    void everyAttemptSucceedsWithoutAJail() {
        Hostile.Result result = hostile.withoutJail(hostFile);
        Set<String> expected = new TreeSet<>(result.outcomes().keySet());
        expected.removeAll(ONLY_IN_JAILS);
        assertTrue(expected.size() > 15, "attempts: " + expected);
        assertEquals(expected, new TreeSet<>(result.attempts("escaped")), result.toString());
    }

    @ParameterizedTest
    @MethodSource("jails")
    void nothingGetsOut(Jail jail) {
        List<String> lines = new ArrayList<>(jail.lines());
        lines.add("exec = " + hostile.program());
        hostile.environment(hostFile).forEach(variable -> lines.add("env = " + variable));
        emperor.drop(jail.name(), lines.toArray(String[]::new));
        emperor.until(
                jail.name() + " has made its attempts",
                () -> Hostile.isEnd(emperor.place().output(jail.name())));
        Hostile.Result result = Hostile.result(emperor.place().output(jail.name()));
        Set<String> escapes = new TreeSet<>(result.attempts("escaped"));
        escapes.removeAll(jail.notPromised());
        assertEquals(Set.of(), escapes, result.toString());
        assertEquals(List.of(), result.attempts("absent"), result.toString());
        emperor.dismiss(jail.name());
    }
}
