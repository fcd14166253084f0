package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Vassal files beside their plans; {@code -Demperor.write=true} writes what the code says now, for a look at the diff. */
class PlanGoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/plans");
    private static final Map<String, LinuxFacts> HOSTS = Map.of(
            "unified",
            TestHost.UNIFIED,
            "hybrid",
            TestHost.HYBRID,
            "container",
            TestHost.CONTAINER,
            "bare",
            TestHost.BARE,
            "user",
            TestHost.NOT_ROOT);
    private static final Map<String, List<String>> HOSTS_OF = Map.of(
            "errands",
            List.of("unified", "user"),
            "plain",
            List.of("unified", "bare", "container"),
            "pids-max",
            List.of("unified", "hybrid", "container"),
            "user-namespace",
            List.of("unified", "user"),
            "limits",
            List.of("unified", "hybrid"),
            "cgroup",
            List.of("hybrid"));

    @TestFactory
    Stream<DynamicTest> everyFileHasThePlanBesideIt() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(FOLDER)) {
            files = all.filter(file -> file.toString().endsWith(".ini"))
                    .sorted()
                    .toList();
        }
        return files.stream().flatMap(PlanGoldenTest::tests);
    }

    private static Stream<DynamicTest> tests(Path file) {
        String name = file.getFileName().toString().replace(".ini", "");
        return HOSTS_OF.getOrDefault(name, List.of("unified")).stream()
                .map(host ->
                        DynamicTest.dynamicTest(name + " on a " + host + " host", () -> compare(file, name, host)));
    }

    private static void compare(Path file, String name, String host) throws IOException {
        String ini = Files.readString(file);
        LinuxFacts facts = HOSTS.get(host);
        StringBuilder all = new StringBuilder(TestHost.plan(ini, facts).toString());
        TestHost.errands(ini, facts)
                .forEach((when, errand) ->
                        all.append("# on the host ").append(when).append('\n').append(errand));
        String plan = all.toString();
        Path golden = FOLDER.resolve(name + "." + host + ".plan");
        if (Boolean.getBoolean("emperor.write")) {
            Files.writeString(golden, plan);
        }
        assertEquals(Files.readString(golden), plan);
    }
}
