package org.emperor.linux.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class JavaCommandTest {
    /** A line of the launcher that counts for every start; the others, of an archive or a newer Java, are indented. */
    private static final Pattern ALWAYS = Pattern.compile("(?m)^set -- (?:[^\n]*\\\\\n)*[^\n]*");

    private static final Pattern OPTION = Pattern.compile("-X[^ \\\\\n]+");

    @Test
    void jvmIsSetUpAsByTheLauncher() throws IOException {
        Set<String> launcher = new TreeSet<>();
        Matcher line = ALWAYS.matcher(Files.readString(Path.of("../../emperor")));
        while (line.find()) {
            OPTION.matcher(line.group()).results().forEach(option -> launcher.add(option.group()));
        }
        assertTrue(launcher.size() > 10, launcher.toString());
        Set<String> here = new TreeSet<>(JavaCommand.asDaemon().options());
        here.removeIf(option -> !option.startsWith("-X"));
        assertEquals(launcher, here);
    }
}
