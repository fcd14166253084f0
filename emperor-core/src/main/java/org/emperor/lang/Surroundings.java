package org.emperor.lang;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of the world that a file of settings may ask about. Paths are absolute. Nothing here waits: not for a FIFO, a
 * device or a terminal.
 */
public interface Surroundings {

    /** What a file holds, or why that cannot be told. */
    sealed interface Source {
        final class Content implements Source {
            private final byte[] bytes;

            /** @param bytes not copied, and from now on nobody's to change */
            public Content(byte[] bytes) {
                this.bytes = bytes;
            }

            public byte[] bytes() {
                return bytes;
            }
        }

        /**
         * @param reason in words that follow the file's name, such as {@code does not exist}
         * @param remedy what to do about it; may be empty
         */
        record Refused(String reason, String remedy) implements Source {}
    }

    /**
     * What magic variables say of the emperor and its host.
     *
     * @param directory the working directory
     */
    record Facts(
            String host,
            String version,
            String binary,
            String directory,
            Instant start,
            int processors,
            int uid,
            String user,
            int gid,
            String group) {}

    /** The content of a regular file of at most {@link IniReader#LARGEST} bytes. */
    Source read(String path);

    /** Whether there is something at this path that may be read. */
    boolean isReadable(String path);

    boolean isFile(String path);

    boolean isDirectory(String path);

    /**
     * The paths that match by glob(3), sorted by their bytes.
     *
     * @param most how many at most; what is beyond is not looked for
     */
    List<String> glob(String pattern, int most);

    /** The path without symbolic links on the way to it; itself if that cannot be told. */
    String real(String path);

    /** Whether the path itself is a symbolic link. */
    boolean isLink(String path);

    /** The inode number of the path, a symbolic link's own. */
    Optional<String> inode(String path);

    Map<String, String> environment();

    Facts facts();
}
