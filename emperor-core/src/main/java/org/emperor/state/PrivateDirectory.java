package org.emperor.state;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import org.emperor.lang.IoReason;

/** Directories in which nobody but the emperor's user may write. */
final class PrivateDirectory {
    private static final int WRITABLE_BY_OTHERS = 022;

    private PrivateDirectory() {}

    /**
     * Makes the directory if there is none, for this user only.
     *
     * @return its path without symbolic links
     * @throws StateRefusal if it cannot be made, or is another user's, or others may write in it
     */
    static Path make(Path directory, int uid) {
        try {
            create(directory);
            Path real = directory.toRealPath();
            check(real, uid);
            return real;
        } catch (IOException e) {
            throw refusal(directory, "make it: " + IoReason.of(e));
        }
    }

    private static void create(Path directory) throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw refusal(directory, "it is not a directory");
            }
        }
    }

    private static void check(Path directory, int uid) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(directory, "unix:uid,mode");
        int owner = (Integer) Objects.requireNonNull(attributes.get("uid"));
        int mode = (Integer) Objects.requireNonNull(attributes.get("mode")) & 07777;
        if (owner != uid) {
            throw refusal(directory, "it belongs to uid " + owner + ", the emperor runs as uid " + uid);
        }
        if ((mode & WRITABLE_BY_OTHERS) != 0) {
            throw refusal(
                    directory,
                    String.format("others may write in it, its mode is %04o; chmod go-w %s", mode, directory));
        }
    }

    private static StateRefusal refusal(Path directory, String why) {
        return new StateRefusal("cannot reign over " + directory + ": " + why);
    }
}
