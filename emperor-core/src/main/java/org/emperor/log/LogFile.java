package org.emperor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.emperor.realm.Moment;

/** One open log file, as long as it is the file that its path means. */
final class LogFile {
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(1);
    private static final Set<OpenOption> APPEND_NO_FOLLOW = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    private static final FileAttribute<Set<PosixFilePermission>> MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

    private final Path path;
    private final FileChannel channel;
    private final Object identity;
    private Moment nextCheck;

    private LogFile(Path path, FileChannel channel, Object identity, Moment now) {
        this.path = path;
        this.channel = channel;
        this.identity = identity;
        this.nextCheck = now.plus(BETWEEN_CHECKS);
    }

    /** Symbolic links are not followed, and nothing but a regular file is opened: a FIFO would wait for a reader. */
    static LogFile open(Path path, Moment now) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !attributes(path).isRegularFile()) {
            throw new FileSystemException(path.toString(), null, "not a regular file");
        }
        FileChannel channel = FileChannel.open(path, APPEND_NO_FOLLOW, MODE);
        try {
            return new LogFile(path, channel, attributes(path).fileKey(), now);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Whether the path still means this file; looked up now and then only. The size is compared because Java cannot ask an
     * open file who it is: one rotated away while it was being opened would pass for its successor.
     */
    boolean isCurrent(Moment now) {
        if (nextCheck.isAfter(now)) {
            return true;
        }
        nextCheck = now.plus(BETWEEN_CHECKS);
        try {
            BasicFileAttributes there = attributes(path);
            return identity.equals(there.fileKey()) && there.size() == channel.size();
        } catch (IOException gone) {
            return false;
        }
    }

    void write(ByteBuffer lines) throws IOException {
        while (lines.hasRemaining()) {
            channel.write(lines);
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // NFS may tell here of a write that failed; the descriptor is gone all the same, close(2)
        }
    }
}
