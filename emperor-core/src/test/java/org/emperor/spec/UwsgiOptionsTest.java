package org.emperor.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every option of uWSGI for emperors, vassals, jails and hooks is a key, or stands among the differences with its reason. The
 * reference page stands for the option tables of all modules here: their own tests hold it to them.
 */
class UwsgiOptionsTest {
    private static final String REFERENCE = document("reference.md");
    private static final String DIFFERENCES = document("uwsgi-differences.md");

    @Test
    void everyOptionIsAKeyOrADifference() throws IOException {
        List<String> lost = new ArrayList<>();
        List<String> options = options();
        for (String option : options) {
            boolean key = REFERENCE.contains("\n| `" + option + "` |");
            boolean difference = UwsgiOnly.of(option).isPresent() && DIFFERENCES.contains("`" + option + "`");
            if (key == difference) {
                lost.add(option);
            }
        }
        assertEquals(List.of(), lost, "neither a key nor a difference, or both");
        assertTrue(options.size() > 200, "options: " + options.size());
    }

    @Test
    void onlyOptionsOfUwsgiAreTakenForThem() throws IOException {
        assertTrue(
                options().containsAll(UwsgiOnly.byName().keySet()),
                UwsgiOnly.byName().keySet().toString());
    }

    @Test
    void listIsSortedAndNamesNothingTwice() throws IOException {
        List<String> options = options();
        assertEquals(List.copyOf(new TreeSet<>(options)), options);
    }

    /** Options of uWSGI 2.0.30 in scope, and those of its development version, one a line. */
    private static List<String> options() throws IOException {
        try (InputStream in = UwsgiOptionsTest.class.getResourceAsStream("uwsgi-options.txt")) {
            assertTrue(in != null, "no resource uwsgi-options.txt");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static String document(String name) {
        try {
            return Files.readString(
                    Path.of(System.getProperty("basedir", "."), "..", "docs").resolve(name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
