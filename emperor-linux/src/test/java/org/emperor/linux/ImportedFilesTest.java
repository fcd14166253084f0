package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.emperor.jail.Seat;
import org.emperor.lang.FakeSurroundings;
import org.emperor.migration.Migration;
import org.emperor.migration.Migration.VassalText;
import org.emperor.migration.Supervisord;
import org.emperor.migration.SystemdUnit;
import org.emperor.spec.FewAccounts;
import org.emperor.spec.OptionTable;
import org.emperor.spec.Options;
import org.emperor.spec.SpecReader;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code emperor import} writes is what this platform reads and plans. The core's own tests of imports know the keys of
 * Linux by their names only.
 */
class ImportedFilesTest {
    private static final Path CASES = Path.of("../emperor-core/src/test/resources/org/emperor/migration");
    private static final LinuxPlatform PLATFORM = new LinuxPlatform();
    private static final OptionTable TABLE = new OptionTable(Options.portable(), PLATFORM.options(), Map.of());

    @ParameterizedTest
    @MethodSource("files")
    void fileIsImportedAsTheCoreExpects(String name) throws IOException {
        Map<String, String> written = new TreeMap<>();
        convert(name).vassals().forEach(vassal -> written.put(vassal.name(), vassal.text()));
        assertEquals(expected(name), written);
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyVassalOfItIsAcceptedAndPlanned(String name) throws IOException {
        for (VassalText vassal : convert(name).vassals()) {
            VassalSpec spec = read(vassal.name(), vassal.text());
            assertEquals(List.of(), PLATFORM.check(spec, PLATFORM.usualFacts()), vassal.text());
            String plan = PLATFORM.plan(spec, PLATFORM.usualFacts(), Seat.preview(spec.name(), Path.of("/run/emperor")))
                    .toString();
            assertTrue(plan.contains(spec.program().argv().get(0)), plan);
        }
    }

    @Test
    void whatNoHostCanDoWouldBeNoticed() {
        VassalSpec spec = read("x", "[vassal]\nexec = /bin/true\nclone = fs,moon\n");
        assertFalse(PLATFORM.check(spec, PLATFORM.usualFacts()).isEmpty());
    }

    @Test
    void corpusIsAllThere() throws IOException {
        long vassals = 0;
        for (String name : files().toList()) {
            vassals += expected(name).size();
        }
        assertTrue(vassals >= 32, vassals + " vassals");
    }

    private static Migration convert(String name) throws IOException {
        String text = Files.readString(CASES.resolve(name));
        return name.endsWith(".conf")
                ? Supervisord.convert(name, "/etc/here", text, TABLE)
                : SystemdUnit.convert(name, text, TABLE);
    }

    /** The vassal files of an expectation, by name. */
    private static Map<String, String> expected(String name) throws IOException {
        Map<String, String> vassals = new TreeMap<>();
        String[] parts = Files.readString(CASES.resolve(name + ".expected")).split("(?m)^=== ", -1);
        for (String part : parts) {
            int end = part.indexOf(".ini\n");
            if (end > 0 && end < part.indexOf('\n')) {
                vassals.put(part.substring(0, end), part.substring(part.indexOf('\n') + 1));
            }
        }
        return vassals;
    }

    private static VassalSpec read(String name, String text) {
        FakeSurroundings world = new FakeSurroundings()
                .file("/etc/default/web", "OPTIONS=-v\n")
                .variable("HOME", "/home/me")
                .variable("TOKEN", "it");
        SpecResult result = new SpecReader(TABLE, new FewAccounts(), List.of(), world)
                .read(new VassalName(name), name + ".ini", text.getBytes(StandardCharsets.UTF_8));
        return assertInstanceOf(SpecResult.Accepted.class, result, text).spec();
    }

    static Stream<String> files() throws IOException {
        try (Stream<Path> all = Files.list(CASES)) {
            return all
                    .map(path -> path.getFileName().toString())
                    .filter(name -> !name.endsWith(".expected"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }
}
