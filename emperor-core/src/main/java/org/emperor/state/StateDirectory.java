package org.emperor.state;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The directory of one reign: where its sockets, FIFOs and records lie, and what tells it from other reigns. */
public final class StateDirectory implements AutoCloseable {
    private final Path path;
    private final DirectoryLock lock;

    private StateDirectory(Path path, DirectoryLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes the directory for this process, making it if there is none.
     *
     * @param uid the emperor's own user
     * @throws StateRefusal if another emperor has it, or other users could tamper with it
     */
    public static StateDirectory open(Path directory, int uid) {
        Path path = PrivateDirectory.make(directory, uid);
        DirectoryLock lock = DirectoryLock.take(path);
        try {
            PrivateDirectory.make(path.resolve("vassals"), uid);
            return new StateDirectory(path, lock);
        } catch (StateRefusal e) {
            lock.close();
            throw e;
        }
    }

    /** Without symbolic links. */
    public Path path() {
        return path;
    }

    /** Where the files of incarnations lie. */
    public Path vassals() {
        return path.resolve("vassals");
    }

    /** Eight hex digits that are the same for every emperor on this directory, and another's on any other. */
    public String realmId() {
        return realmId(path);
    }

    /** The same for a directory that another process holds; its path without symbolic links. */
    public static String realmId(Path path) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(path.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Lets the next emperor have it. */
    @Override
    public void close() {
        lock.close();
    }
}
