package org.emperor.lang;

import java.nio.charset.StandardCharsets;

/** Bernstein's hash of 32 bits with exclusive or, which uWSGI's {@code %j} shows. */
final class Djb33x {
    private static final String DIGITS = "0123456789ABCDEF";

    private Djb33x() {}

    /** Eight hexadecimal digits. */
    static String of(String text) {
        int hash = 5381;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = hash * 33 ^ (b & 0xff);
        }
        StringBuilder digits = new StringBuilder();
        for (int shift = 28; shift >= 0; shift -= 4) {
            digits.append(DIGITS.charAt(hash >>> shift & 15));
        }
        return digits.toString();
    }
}
