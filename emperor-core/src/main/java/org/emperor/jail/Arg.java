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

    /** The address of a null-terminated array of addresses of null-terminated strings. */
    record Strings(List<String> content) implements Arg {
        public Strings {
            content = List.copyOf(content);
        }
    }

    /** What an earlier step, counted from 0 over the whole plan, returned. */
    record Result(int step) implements Arg {}

    /** A descriptor the emperor sent with the plan. */
    record Received(Descriptor descriptor) implements Arg {}

    /** One of the further descriptors that come after those of {@link Descriptor}, counted from 0. */
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
