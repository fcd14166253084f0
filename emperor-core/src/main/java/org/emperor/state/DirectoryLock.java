package org.emperor.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.emperor.lang.IoReason;

/**
 * A directory that belongs to this process as long as it lives. The lock is the kernel's, so that a killed emperor leaves
 * none behind; the pid in the file is only for the message. It is a POSIX record lock, fcntl(2): closing any descriptor of
 * the file in this process would end it, so nothing else here may open it.
 */
final class DirectoryLock implements AutoCloseable {
    private static final int LONGEST_PID = 20;

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws StateRefusal if another emperor has it */
    static DirectoryLock take(Path directory) {
        Path file = directory.resolve("lock");
        try {
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return take(directory, channel);
        } catch (IOException e) {
            throw new StateRefusal("cannot reign over " + directory + ": lock " + file + ": " + IoReason.of(e));
        }
    }

    private static DirectoryLock take(Path directory, FileChannel channel) throws IOException {
        Optional<FileLock> lock = lock(channel);
        if (lock.isEmpty()) {
            String holder = content(channel);
            channel.close();
            throw new StateRefusal("cannot reign over " + directory + ": emperor with pid "
                    + (holder.isEmpty() ? "unknown" : holder) + " does already");
        }
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid), 0);
        return new DirectoryLock(channel);
    }

    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException heldByThisProcess) {
            return Optional.empty();
        }
    }

    private static String content(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(LONGEST_PID);
        channel.read(content, 0);
        String text =
                StandardCharsets.US_ASCII.decode(content.flip()).toString().strip();
        return text.matches("[0-9]+") ? text : "";
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
