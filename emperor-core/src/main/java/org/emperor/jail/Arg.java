package org.emperor.jail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** One argument of a step's system call. */
public sealed interface Arg {

    /** A plain number. */
    record Value(long value) implements Arg {}

    /** The address of these bytes in the plan's data area. */
    @SuppressWarnings("ArrayRecordComponent") // never handed out to be changed; equality is by content below
    record Bytes(byte[] content) implements Arg {
        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(content);
        }
    }

    /**
     * The address of a structure in the plan's data area, in which one 8-byte word is the address of other bytes there.
     *
     * @param at the offset of that word, a multiple of 8
     */
    @SuppressWarnings("ArrayRecordComponent") // as above
    record Pointing(byte[] content, int at, byte[] target) implements Arg {
        public Pointing {
            if (at % Long.BYTES != 0 || at < 0 || at + Long.BYTES > content.length) {
                throw new IllegalArgumentException("no word at " + at + " of " + content.length + " bytes");
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Pointing that
                    && at == that.at
                    && Arrays.equals(content, that.content)
                    && Arrays.equals(target, that.target);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(content) + Arrays.hashCode(target);
        }
    }

    /** The address of a null-terminated array of addresses of null-terminated strings. */
    record Strings(List<String> content) implements Arg {
        public Strings {
            content = List.copyOf(content);
        }
    }

    /**
     * The address of zeroed bytes that one call writes and another step reads: the same for every argument of that name.
     *
     * @param at how far into them
     */
    record Room(String name, int length, int at) implements Arg {}

    /** What an earlier step, counted from 0 over the whole plan, returned. */
    record Result(int step) implements Arg {}

    /** A descriptor the emperor sent with the plan. */
    record Received(Descriptor descriptor) implements Arg {}

    /** What an attach step opened for the jail, counted from 0 over those that {@link HostStep#opens open} something. */
    record Opened(int number) implements Arg {}

    /** One of the further descriptors that come after all others, counted from 0. */
    record Granted(int index) implements Arg {}

    Arg NULL = new Value(0);

    static Arg of(long value) {
        return new Value(value);
    }

    /** A null-terminated UTF-8 string. */
    static Arg text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return new Bytes(Arrays.copyOf(utf8, utf8.length + 1));
    }
}
