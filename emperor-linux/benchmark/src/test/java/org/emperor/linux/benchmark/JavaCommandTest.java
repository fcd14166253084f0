package org.emperor.linux.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class JavaCommandTest {
    @Test
    void jvmIsSetUpAsByTheLauncher() throws IOException {
        // Of the lines that count for every start; the others, of an archive or a newer Java, are indented.
        Set<String> launcher = Files.readString(Path.of("../../emperor"))
                .replace("\\\n", "")
                .lines()
                .filter(line -> line.startsWith("set -- -X"))
                .flatMap(line -> Stream.of(line.split(" +")))
                .filter(word -> word.startsWith("-X"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(launcher.size() > 10, launcher.toString());
        Set<String> here = new TreeSet<>(JavaCommand.asDaemon().options());
        here.removeIf(option -> !option.startsWith("-X"));
        assertEquals(launcher, here);
    }
}
