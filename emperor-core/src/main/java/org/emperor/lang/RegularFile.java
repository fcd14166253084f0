package org.emperor.lang;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/** Reads files that somebody else named, with the emperor's rights: regular ones only, and no more than is allowed. */
public final class RegularFile {
    /** Where a file can be regular and still make its reader wait, as /proc/kmsg and trace_pipe do. */
    private static final Set<String> MADE_UP = Set.of("proc", "tracefs", "debugfs");

    private RegularFile() {}

    /**
     * Java cannot open with O_NONBLOCK, and open(2) of a FIFO waits for a writer, so the kind is asked just before: who may
     * write in the directory and puts a FIFO in between, within microseconds, can make this wait until somebody writes to it.
     */
    public static Surroundings.Source read(Path file) {
        try {
            int mode = (Integer) Files.getAttribute(file, "unix:mode");
            String kind = kind(mode & 0170000);
            if (!kind.isEmpty()) {
                return refused("is " + kind + ", not a regular file", "write the path of a file");
            }
            if (Files.size(file) == 0
                    && MADE_UP.contains(Files.getFileStore(file).type())) {
                return refused("is made up by the kernel while it is read", "write what it says");
            }
            return content(file);
        } catch (NoSuchFileException e) {
            return refused(
                    Files.isSymbolicLink(file) ? "is a symbolic link to nothing" : "does not exist",
                    "make it, or correct the path");
        } catch (IOException e) {
            return refused("cannot be read: " + IoReason.of(e), "");
        }
    }

    /** Reads at most one byte more than allowed. */
    private static Surroundings.Source content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(IniReader.LARGEST + 1);
            return content.length > IniReader.LARGEST
                    ? refused("is larger than 1 MiB", "make it shorter")
                    : new Surroundings.Source.Content(content);
        }
    }

    private static Surroundings.Source refused(String reason, String remedy) {
        return new Surroundings.Source.Refused(reason, remedy);
    }

    /** By the type bits of inode(7); empty for a regular file. */
    private static String kind(int type) {
        return switch (type) {
            case 0100000 -> "";
            case 0040000 -> "a directory";
            case 0010000 -> "a FIFO";
            case 0140000 -> "a socket";
            default -> "a device";
        };
    }
}
