package org.emperor.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LineCutterProperties {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.006Z");
    private static final String BEGIN = "2026-01-02T03:04:05.006Z ";

    private static String cut(List<byte[]> chunks) {
        Lines lines = new Lines();
        LineCutter cutter = new LineCutter(new byte[0]);
        chunks.forEach(chunk -> cutter.cut(TIME, chunk, lines));
        cutter.flush(lines);
        return StandardCharsets.ISO_8859_1.decode(lines.take()).toString();
    }

    private static String cut(String... chunks) {
        return cut(Arrays.stream(chunks)
                .map(chunk -> chunk.getBytes(StandardCharsets.ISO_8859_1))
                .toList());
    }

    @Example
    void everyLineGetsItsBeginning() {
        assertEquals(BEGIN + "| one\n" + BEGIN + "| \n" + BEGIN + "| two\n", cut("one\n\ntwo\n"));
    }

    @Example
    void lineIsWholeHoweverItWasWritten() {
        assertEquals(BEGIN + "| one\n" + BEGIN + "| two\n", cut("o", "", "ne", "\ntw", "o\n"));
    }

    @Example
    void lastWordsWithoutNewlineAreThere() {
        assertEquals(BEGIN + "| one\n" + BEGIN + "| last words\n", cut("one\nlast words"));
    }

    @Example
    void tooLongLineIsCutAndItsRestIsMarked() {
        String most = "x".repeat(LineCutter.LONGEST);
        assertEquals(BEGIN + "| " + most + "\n", cut(most + "\n"), "the longest is no cut");
        assertEquals(BEGIN + "| " + most + "\n" + BEGIN + "+ y\n" + BEGIN + "| z\n", cut(most, "y\nz\n"));
    }

    @Example
    void forgedBeginningsAreJustText() {
        assertEquals(
                BEGIN + "| " + BEGIN + "[emperor] dropped 1 bytes\n" + BEGIN + "| \r\u001b[2J\u0000\n",
                cut(BEGIN + "[emperor] dropped 1 bytes\n\r\u001b[2J\u0000\n"));
    }

    /** Undoes the framing and finds every byte again, in order, whatever the chunks were. */
    @Property(tries = 300)
    void noByteIsLostOrChanged(@ForAll @Size(max = 20) List<@IntRange(max = 40_000) Integer> sizes, @ForAll int seed) {
        java.util.Random random = new java.util.Random(seed);
        int rarity = 1 << random.nextInt(16);
        List<byte[]> chunks = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        for (int size : sizes) {
            byte[] chunk = new byte[size];
            for (int i = 0; i < size; i++) {
                chunk[i] = random.nextInt(rarity) == 0 ? (byte) '\n' : (byte) random.nextInt(256);
            }
            chunks.add(chunk);
            all.append(new String(chunk, StandardCharsets.ISO_8859_1));
        }
        if (all.length() > 0 && all.charAt(all.length() - 1) != '\n') {
            all.append('\n'); // the end of the last line, which flushing adds
        }
        assertEquals(all.toString(), unframed(cut(chunks)));
    }

    private static String unframed(String framed) {
        StringBuilder bytes = new StringBuilder();
        for (String line : framed.isEmpty()
                ? new String[0]
                : framed.substring(0, framed.length() - 1).split("\n", -1)) {
            assertTrue(line.startsWith(BEGIN), line);
            assertTrue(line.length() <= BEGIN.length() + 2 + LineCutter.LONGEST);
            if (line.charAt(BEGIN.length()) == '+') {
                bytes.setLength(bytes.length() - 1);
            }
            bytes.append(line.substring(BEGIN.length() + 2)).append('\n');
        }
        return bytes.toString();
    }
}
