package org.emperor.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code -Demperor.write=true} writes the document; otherwise it must be what the code does. */
class StatesDocumentTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("basedir", "."), "..", "docs", "states.md");

    @Test
    void statesDocumentSaysWhatTheCodeDoes() throws IOException {
        String generated = new StatesDocument().text();
        if (Boolean.getBoolean("emperor.write")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, generated);
        }
        assertEquals(
                generated,
                Files.readString(DOCUMENT),
                "run the test with -Demperor.write=true and read the difference");
    }
}
