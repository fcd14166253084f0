package org.emperor.linux.plan;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * An IPv4 or IPv6 address by its bits; names are not looked up and no scope is known.
 *
 * @param high the first eight bytes of an IPv6 address, 0 of an IPv4 one
 * @param low the rest
 */
public record IpAddress(boolean isSix, long high, long low) {
    private static final int GROUPS = 8;

    public static IpAddress four(long bits) {
        return new IpAddress(false, 0, bits & 0xffffffffL);
    }

    static Optional<IpAddress> parse(String text) {
        return text.indexOf(':') >= 0 ? parseSix(text) : parseFour(text);
    }

    /** Four decimal numbers; one with a leading zero is refused, because some read it as octal. */
    private static Optional<IpAddress> parseFour(String text) {
        String[] parts = text.split("\\.", -1);
        long bits = 0;
        for (String part : parts) {
            int value = number(part, 10, 3);
            if (value < 0 || value > 255 || (part.length() > 1 && part.startsWith("0"))) {
                return Optional.empty();
            }
            bits = bits << 8 | value;
        }
        return parts.length == 4 ? Optional.of(four(bits)) : Optional.empty();
    }

    /** RFC 4291, 2.2, forms 1 and 2. */
    private static Optional<IpAddress> parseSix(String text) {
        int gap = text.indexOf("::");
        List<Integer> first = groups(gap < 0 ? text : text.substring(0, gap));
        List<Integer> last = groups(gap < 0 ? "" : text.substring(gap + 2));
        int given = first.size() + last.size();
        boolean bad = first.contains(-1) || last.contains(-1) || (gap < 0 ? given != GROUPS : given >= GROUPS);
        if (bad) {
            return Optional.empty();
        }
        List<Integer> all = new ArrayList<>(first);
        while (all.size() + last.size() < GROUPS) {
            all.add(0);
        }
        all.addAll(last);
        return Optional.of(new IpAddress(true, word(all, 0), word(all, 4)));
    }

    private static List<Integer> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String group : text.split(":", -1)) {
                groups.add(number(group, 16, 4));
            }
        }
        return groups;
    }

    /** The number in these digits, or -1. */
    private static int number(String digits, int radix, int most) {
        if (digits.isEmpty() || digits.length() > most) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            int next = digit < 128 ? Character.digit(digit, radix) : -1;
            if (next < 0) {
                return -1;
            }
            value = value * radix + next;
        }
        return value;
    }

    private static long word(List<Integer> groups, int from) {
        long word = 0;
        for (int i = from; i < from + 4; i++) {
            word = word << 16 | groups.get(i);
        }
        return word;
    }

    /** How many bits such an address has. */
    public int bits() {
        return isSix ? 128 : 32;
    }

    /** In network order. */
    public byte[] bytes() {
        return isSix
                ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
                : ByteBuffer.allocate(4).putInt((int) low).array();
    }

    /** Whether both have the same first bits. */
    boolean isNear(IpAddress other, int prefix) {
        if (isSix != other.isSix) {
            return false;
        }
        int start = isSix ? 0 : 96;
        long differentHigh = (high ^ other.high) & mask(prefix);
        long differentLow = (low ^ other.low) & mask(prefix + start - 64);
        return differentHigh == 0 && differentLow == 0;
    }

    private static long mask(int bits) {
        return bits <= 0 ? 0 : bits >= 64 ? -1L : -1L << (64 - bits);
    }

    /** fe80::/10, RFC 4291. */
    boolean isLinkLocalSix() {
        return isSix && high >>> 54 == 0x3fa;
    }

    /** Whether an interface can have it: neither nobody's, a group's, loopback's, nor IPv4 in disguise. */
    boolean isOrdinary() {
        if (isSix) {
            return high >>> 56 != 0xff && high != 0;
        }
        long first = low >>> 24;
        return first != 0 && first != 127 && first < 224;
    }

    @Override
    public String toString() {
        return isSix ? textSix() : (low >> 24) + "." + (low >> 16 & 255) + "." + (low >> 8 & 255) + "." + (low & 255);
    }

    /** RFC 5952: lower case, and the longest run of two or more zero groups, of equals the first, as {@code ::}. */
    private String textSix() {
        int start = -1;
        int longest = 1;
        for (int from = 0; from < GROUPS; from++) {
            int length = 0;
            while (from + length < GROUPS && group(from + length) == 0) {
                length++;
            }
            if (length > longest) {
                start = from;
                longest = length;
            }
        }
        return start < 0 ? joined(0, GROUPS) : joined(0, start) + "::" + joined(start + longest, GROUPS);
    }

    private int group(int index) {
        return (int) ((index < 4 ? high : low) >>> (48 - 16 * (index & 3)) & 0xffff);
    }

    private String joined(int from, int to) {
        StringJoiner text = new StringJoiner(":");
        for (int i = from; i < to; i++) {
            text.add(Integer.toHexString(group(i)));
        }
        return text.toString();
    }
}
