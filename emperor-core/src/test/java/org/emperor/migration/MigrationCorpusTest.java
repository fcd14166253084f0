package org.emperor.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of others, each beside what becomes of it; {@code -Demperor.write=true} writes that anew. */
class MigrationCorpusTest {
    private static final Path CASES = Path.of("src/test/resources/org/emperor/migration");

    @ParameterizedTest
    @MethodSource("files")
    void fileBecomesWhatStandsBesideIt(String name) throws IOException {
        Path expected = CASES.resolve(name + ".expected");
        String actual = told(Converted.file(name, Files.readString(CASES.resolve(name))));
        if (Boolean.getBoolean("emperor.write")) {
            Files.writeString(expected, actual);
        }
        assertEquals(Files.readString(expected), actual);
    }

    @ParameterizedTest
    @MethodSource("files")
    void readerOfVassalFilesAcceptsIt(String name) throws IOException {
        Migration migration = Converted.file(name, Files.readString(CASES.resolve(name)));
        migration.vassals().forEach(Converted::spec);
        assertTrue(!migration.vassals().isEmpty() || !migration.problems().isEmpty(), name);
    }

    @Test
    void thereAreEnoughCases() throws IOException {
        List<String> files = files().toList();
        assertTrue(files.stream().filter(name -> name.endsWith(".conf")).count() >= 12);
        assertTrue(files.stream().filter(name -> !name.endsWith(".conf")).count() >= 15);
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

    private static String told(Migration migration) {
        StringBuilder text = new StringBuilder();
        migration.vassals().forEach(vassal -> text.append("=== ")
                .append(vassal.name())
                .append(".ini\n")
                .append(vassal.text()));
        text.append("=== losses\n").append(Converted.told(migration.losses()));
        return text.append("=== problems\n")
                .append(Converted.told(migration.problems()))
                .toString();
    }
}
