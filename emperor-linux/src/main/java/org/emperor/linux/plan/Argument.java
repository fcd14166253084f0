package org.emperor.linux.plan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.StringJoiner;
import org.emperor.jail.Arg;
import org.emperor.jail.Descriptor;
import org.emperor.jail.Quoted;

/** An argument of a planned call together with how strace would print it. */
record Argument(Arg arg, String text) {
    /** Where relative paths begin. */
    static final Argument HERE = constant(-100, "AT_FDCWD");

    static Argument none() {
        return new Argument(Arg.NULL, "NULL");
    }

    static Argument number(long value) {
        return new Argument(Arg.of(value), Long.toString(value));
    }

    static Argument constant(long value, String name) {
        return new Argument(Arg.of(value), name);
    }

    static Argument octal(int value) {
        return new Argument(Arg.of(value), "0" + Integer.toOctalString(value));
    }

    static Argument path(String path) {
        return new Argument(Arg.text(path), Quoted.of(path));
    }

    /** A path or source, NULL when empty. */
    static Argument pathOrNone(String path) {
        return path.isEmpty() ? none() : path(path);
    }

    /** The words of a program. */
    static Argument argv(List<String> words) {
        StringJoiner text = new StringJoiner(", ", "[", "]");
        for (String word : words) {
            text.add(Quoted.of(word));
        }
        return strings(words, text.toString());
    }

    static Argument strings(List<String> strings, String text) {
        return new Argument(new Arg.Strings(strings), text);
    }

    static Argument result(int step, String text) {
        return new Argument(new Arg.Result(step), text);
    }

    static Argument received(Descriptor descriptor, String text) {
        return new Argument(new Arg.Received(descriptor), text);
    }

    /** The descriptor of an attach step. */
    static Argument opened(int number, String text) {
        return new Argument(new Arg.Opened(number), text);
    }

    static Argument words(String text, int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * words.length).order(ByteOrder.nativeOrder());
        for (int word : words) {
            bytes.putInt(word);
        }
        return new Argument(new Arg.Bytes(bytes.array()), text);
    }

    static Argument longs(String text, long... longs) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * longs.length).order(ByteOrder.nativeOrder());
        for (long value : longs) {
            bytes.putLong(value);
        }
        return new Argument(new Arg.Bytes(bytes.array()), text);
    }

    /** Zeroed bytes that a step writes to and another reads. */
    static Argument room(String name, int length, String text) {
        return new Argument(new Arg.Room(name, length, 0), text);
    }

    /** A struct sock_fprog before its pointer is known. */
    static byte[] header(int instructions) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putShort((short) instructions)
                .array();
    }

    static Argument bytes(String text, byte[] bytes) {
        return new Argument(new Arg.Bytes(bytes), text);
    }
}
