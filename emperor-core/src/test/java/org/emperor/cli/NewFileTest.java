package org.emperor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {
    @TempDir
    Path directory;

    @Test
    void fileIsWrittenOnceAndNeverOver() throws IOException {
        Path file = directory.resolve("web.ini");
        NewFile.write(file, "first".getBytes(StandardCharsets.UTF_8));
        CommandFailure failure = assertThrows(CommandFailure.class, () -> NewFile.write(file, new byte[0]));
        assertEquals("emperor: cannot write " + file + ": EEXIST (file exists)", failure.text());
        assertEquals("first", Files.readString(file));
    }

    @Test
    void missingDirectoryIsNamedAsSuch() {
        Path file = directory.resolve("no/web.ini");
        CommandFailure failure = assertThrows(CommandFailure.class, () -> NewFile.write(file, new byte[0]));
        assertEquals("emperor: cannot write " + file + ": ENOENT (no such file or directory)", failure.text());
    }
}
