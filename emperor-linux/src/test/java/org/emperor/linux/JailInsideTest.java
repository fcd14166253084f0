package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emperor.realm.IncarnationId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches the program, and what jail-init keeps: asked in the jail, or of the kernel about it. */
@Tag("kernel")
class JailInsideTest {
    private static final String ALL = "fs,net,ipc,uts,pid,user,cgroup,time";
    private static final int NOBODY = 65534;

    @TempDir
    Path state;

    static Stream<Arguments> jails() {
        return Stream.of("", "pid", "fs,net,ipc,uts,pid", ALL).flatMap(clone -> Stream.of(0, NOBODY)
                .flatMap(uid -> Stream.of(true, false).map(init -> Arguments.of(clone, uid, init))));
    }

    @ParameterizedTest
    @MethodSource("jails")
    void programHasNothingItsFileDidNotAskFor(String clone, int uid, boolean init) {
        try (JailYard yard = JailYard.open(state)) {
            Map<String, String> status =
                    status(run(yard, sample(clone, uid, init).exec("/bin/cat", "/proc/self/status")));
            assertEquals("0000000000000000", status.get("SigBlk"), "SigBlk");
            assertEquals("0000000000000000", status.get("SigIgn"), "SigIgn");
            assertEquals("0000000000000000", status.get("SigCgt"), "SigCgt");
            assertEquals("0000000000000000", status.get("CapInh"), "CapInh");
            assertEquals("0000000000000000", status.get("CapAmb"), "CapAmb");
            assertEquals("0022", status.get("Umask"), "Umask");
            if (uid != 0) {
                assertEquals("0000000000000000", status.get("CapPrm"), "CapPrm");
                assertEquals("0000000000000000", status.get("CapEff"), "CapEff");
            } else if (clone.contains("user")) {
                long all = (1L << (HostProbe.probe().capLast() + 1)) - 1;
                assertEquals(String.format("%016x", all), status.get("CapEff"), "CapEff");
            }
            assertEquals(String.join("\t", Collections.nCopies(4, Integer.toString(uid))), status.get("Uid"));
            assertEquals("" + uid, status.get("Groups").strip());
        }
    }

    @ParameterizedTest
    @CsvSource({"clone, true", "clone, false", "unshare, true"})
    void programIsInATimeNamespaceOfItsOwn(String key, boolean init) throws IOException {
        Sample sample = Sample.of("api").jail(key, "time").exec("/bin/readlink", "/proc/self/ns/time");
        try (JailYard yard = JailYard.open(state)) {
            String inside = run(yard, init ? sample : sample.withoutInit()).strip();
            String outside =
                    Files.readSymbolicLink(Path.of("/proc/self/ns/time")).toString();
            assertTrue(inside.startsWith("time:["), inside);
            assertNotEquals(outside, inside);
        }
    }

    @ParameterizedTest
    @MethodSource("jails")
    void programHasThreeDescriptors(String clone, int uid, boolean init) {
        try (JailYard yard = JailYard.open(state)) {
            List<String> open = run(yard, sample(clone, uid, init).exec("/bin/ls", "-l", "/proc/self/fd"))
                    .lines()
                    .filter(line -> line.contains("->"))
                    .map(line -> line.replaceFirst(".* ([0-9]+ -> )", "$1").replaceFirst("/[^ ]*/api", "api"))
                    .toList();
            assertEquals("0 -> /dev/null", open.get(0));
            assertEquals("1 -> api.1.fifo", open.get(1).replaceFirst("api.[0-9].fifo", "api.1.fifo"));
            assertTrue(open.get(2).startsWith("2 -> api."), open.toString());
            assertTrue(open.get(3).startsWith("3 -> /proc/"), open.toString()); // ls itself
            assertEquals(4, open.size(), open.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pid", ALL})
    void jailInitKeepsOnlyWhatItNeeds(String clone) throws IOException {
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(sample(clone, NOBODY, true));
            long program = yard.launched(id).pid();
            long init = ProcessHandle.of(program)
                    .orElseThrow()
                    .parent()
                    .orElseThrow()
                    .pid();
            Path proc = Path.of("/proc", Long.toString(init));
            yard.waitUntil(() -> "1".equals(statusOf(proc).get("NoNewPrivs")), () -> "jail-init settled");
            yard.waitUntil(() -> "0000000000000020".equals(statusOf(proc).get("CapPrm")), () -> "KILL alone");
            Map<String, String> status = statusOf(proc);
            assertEquals("0000000000000020", status.get("CapEff"));
            assertEquals("0000000000000000", status.get("CapInh"));
            assertEquals("0000000000000000", status.get("CapAmb"));
            assertEquals("fffffffffffbfeff", status.get("SigBlk")); // all but KILL and STOP
            try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
                List<String> targets = open.map(JailInsideTest::target).sorted().toList();
                assertTrue(targets.size() <= 9, targets.toString());
                assertTrue(
                        targets.stream().noneMatch(it -> it.startsWith("socket:") || it.contains("cgroup")),
                        targets.toString());
            }
            yard.killAndDismantle(id);
        }
    }

    @Test
    void rootOfAUserNamespaceCannotLookIntoJailInit() {
        try (JailYard yard = JailYard.open(state)) {
            String written = run(
                    yard,
                    sample(ALL, 0, true)
                            .exec(
                                    "/bin/sh",
                                    "-c",
                                    "readlink /proc/$$/exe; readlink /proc/1/exe; ls /proc/1/fd; cat /proc/1/mem"));
            assertTrue(written.startsWith("/"), written);
            assertEquals(2, written.split("Permission denied", -1).length - 1, written);
            assertTrue(!written.contains("memfd"), written);
        }
    }

    private static Sample sample(String clone, int uid, boolean init) {
        Sample sample = Sample.of("api").jail("clone", clone).as(uid, uid);
        return init ? sample : sample.withoutInit();
    }

    private static String run(JailYard yard, Sample sample) {
        IncarnationId id = yard.launch(sample);
        yard.end(id);
        String written = yard.lastWords(id);
        yard.dismantle(id);
        return written;
    }

    private static Map<String, String> statusOf(Path proc) {
        try {
            return status(Files.readString(proc.resolve("status")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, String> status(String text) {
        return text.lines()
                .map(line -> line.split(":\t", 2))
                .filter(halves -> halves.length == 2)
                .collect(Collectors.toMap(halves -> halves[0], halves -> halves[1].strip(), (first, second) -> first));
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
