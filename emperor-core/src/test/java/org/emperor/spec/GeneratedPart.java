package org.emperor.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The part of a document in {@code docs} that is written by a test, between two lines that say so;
 * {@code -Demperor.write=true} writes it anew.
 */
public final class GeneratedPart {
    private final Path file;
    private final String begin;
    private final String end;

    private GeneratedPart(String file, String begin, String end) {
        this.file = Path.of(System.getProperty("basedir", "."), "..", "docs").resolve(file);
        this.begin = begin + "\n";
        this.end = end + "\n";
    }

    public static GeneratedPart ofManual(String page, String part) {
        return new GeneratedPart("man/" + page, ".\\\" written from the code: " + part, ".\\\" end of " + part);
    }

    public static GeneratedPart ofMarkdown(String file, String part) {
        return new GeneratedPart(file, "<!-- written from the code: " + part + " -->", "<!-- end of " + part + " -->");
    }

    /** Fails where the document says something else, unless it is to be written. */
    public void assertIs(String text) {
        if (Boolean.getBoolean("emperor.write")) {
            write(text);
        }
        compare(text);
    }

    void compare(String text) {
        String document = document();
        assertEquals(
                text, document.substring(from(document), to(document)), file + ": -Demperor.write=true writes it anew");
    }

    private void write(String text) {
        String document = document();
        String all = document.substring(0, from(document)) + text + document.substring(to(document));
        try {
            Files.writeString(file, all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int from(String document) {
        int at = document.indexOf(begin);
        assertTrue(at >= 0, file + " has no line " + begin);
        return at + begin.length();
    }

    private int to(String document) {
        int at = document.indexOf(end, from(document));
        assertTrue(at >= 0, file + " has no line " + end);
        return at;
    }

    private String document() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
