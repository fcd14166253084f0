package org.emperor.linux.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ColonFileTest {
    @TempDir
    Path directory;

    /** As useradd(8) does: a new file in the place of the old one. */
    private Path replace(String content) throws IOException {
        Path draft = Files.writeString(directory.resolve("group+"), content);
        return Files.move(draft, directory.resolve("group"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void rowsOfAnotherShapeArePassedOver() throws IOException {
        Path file = replace("# comment\nweb:x:34:\nbroken:x:number:\nshort:x:7\nlong:x:8:a:b\naudio:x:29:alice\n");
        assertEquals(
                List.of(List.of("web", "x", "34", ""), List.of("audio", "x", "29", "alice")),
                new ColonFile(file, 4, 1).rows());
    }

    @Test
    void everyNumberOfARowIsOne() throws IOException {
        Path file = replace("web:x:34:34:::\nbad:x:35:4294967296:::\nodd:x:36:none:::\n");
        assertEquals(List.of(List.of("web", "x", "34", "34", "", "", "")), new ColonFile(file, 7, 2).rows());
    }

    @Test
    void fileThatIsReplacedIsReadAgain() throws IOException {
        ColonFile file = new ColonFile(replace("web:x:34:\n"), 4, 1);
        file.rows();
        replace("web:x:43:\n"); // as long as before, and perhaps in the same tick of the clock
        assertEquals(List.of(List.of("web", "x", "43", "")), file.rows());
    }

    @Test
    void fileThatStaysIsReadOnce() throws IOException {
        ColonFile file = new ColonFile(replace("web:x:34:\n"), 4, 1);
        assertSame(file.rows(), file.rows());
    }

    @Test
    void missingFileHasNoRowsUntilItAppears() throws IOException {
        ColonFile file = new ColonFile(directory.resolve("group"), 4, 1);
        assertEquals(List.of(), file.rows());
        replace("web:x:34:\n");
        assertEquals(1, file.rows().size());
    }
}
