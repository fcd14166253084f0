package org.emperor.lang;

import java.nio.charset.StandardCharsets;

/** Bernstein's hash of 32 bits with exclusive or, which uWSGI's {@code %j} shows. */
final class Djb33x {
    private static final String DIGITS = "0123456789ABCDEF";

    private Djb33x() {}

    /** Eight hexadecimal digits, the lowest byte first, as it lies in the memory of most machines. */
    static String of(String text) {
        int hash = 5381;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = hash * 33 ^ (b & 0xff);
        }
        StringBuilder digits = new StringBuilder();
        for (int shift = 0; shift < 32; shift += 8) {
            digits.append(DIGITS.charAt(hash >>> (shift + 4) & 15)).append(DIGITS.charAt(hash >>> shift & 15));
        }
        return digits.toString();
    }
}
