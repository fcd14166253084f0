package org.emperor.lang;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Bytes to text without repairing anything: what a lenient decoder replaces would change a path or a password. */
final class Utf8 {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private Utf8() {}

    /** The text of flawless bytes, without a byte order mark. */
    static String text(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    /** The first byte that is not UTF-8 and the first NUL, as far as there are any. */
    static List<Problem> flaws(String file, byte[] content) {
        List<Problem> flaws = new ArrayList<>();
        int malformed = malformed(content);
        if (malformed >= 0) {
            flaws.add(flaw(file, content, malformed, "not UTF-8", "save the file as UTF-8"));
        }
        int nul = indexOfNul(content);
        if (nul >= 0) {
            flaws.add(flaw(file, content, nul, "a NUL byte", "a settings file is plain text"));
        }
        return flaws;
    }

    private static Problem flaw(String file, byte[] content, int offset, String rule, String remedy) {
        int line = 1;
        for (int i = 0; i < offset; i++) {
            line += content[i] == '\n' ? 1 : 0;
        }
        return new Problem(new Position(file, line, 0), "", rule + " at byte offset " + offset, remedy);
    }

    private static int malformed(byte[] content) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(content);
        CharBuffer out = CharBuffer.allocate(content.length); // UTF-8 never has more characters than bytes
        return decoder.decode(in, out, true).isError() ? in.position() : -1;
    }

    private static int indexOfNul(byte[] content) {
        for (int i = 0; i < content.length; i++) {
            if (content[i] == 0) {
                return i;
            }
        }
        return -1;
    }
}
