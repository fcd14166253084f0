package org.emperor.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.emperor.jail.IdRange;
import org.emperor.lang.IoReason;
import org.jspecify.annotations.Nullable;

/**
 * The ranges this process uses, told to every other emperor of the host: for each one a byte of one file is locked. The
 * locks are record locks of fcntl(2), which end with the process, however that ends; so the file is opened once only.
 */
final class RangeClaims implements AutoCloseable {
    private final Path file;
    private final Set<Integer> claimed = ConcurrentHashMap.newKeySet();
    private @Nullable FileChannel channel; // opened with the first claim: few emperors make any

    RangeClaims(Path file) {
        this.file = file;
    }

    /** Whether this process has it already; any thread may ask. */
    boolean has(int base) {
        return claimed.contains(base);
    }

    /** Whether nobody else has it; from now on it is this process's. One thread at a time. */
    boolean claim(int base) throws IOException {
        if (has(base)) {
            return true;
        }
        boolean isOurs = lock(base / IdRange.LENGTH);
        if (isOurs) {
            claimed.add(base);
        }
        return isOurs;
    }

    private boolean lock(int number) throws IOException {
        try {
            if (channel == null) {
                channel = FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            FileLock lock = channel.tryLock(number, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        } catch (IOException e) {
            throw new IOException("lock " + file + ": " + IoReason.of(e), e);
        }
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
