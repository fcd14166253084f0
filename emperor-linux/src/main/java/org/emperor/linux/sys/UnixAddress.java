package org.emperor.linux.sys;

import java.nio.charset.StandardCharsets;

/**
 * An address of a UNIX domain socket (unix(7)): a path, or {@code @} and a name of the abstract kind. To the latter belongs a
 * NUL at its end, as uWSGI has it: without it neither would find the other.
 */
record UnixAddress(String text) {
    private static final short AF_UNIX = 1;

    /** Writes it as struct sockaddr_un to the beginning of the block; its length. */
    int write(Memory block) {
        byte[] name = text.getBytes(StandardCharsets.UTF_8);
        block.bytes().putShort(0, AF_UNIX).put(2, name).put(2 + name.length, (byte) 0);
        if (text.startsWith("@")) {
            block.bytes().put(2, (byte) 0);
        }
        return 2 + name.length + 1;
    }
}
