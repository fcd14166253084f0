package org.emperor.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.emperor.jail.HostFacts;
import org.emperor.jail.Platform;
import org.emperor.lang.IoReason;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.spec.SpecReader;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalName;

/** Reads one vassal file from disk and says whether this platform could run it; the same for the daemon and for check. */
public final class VassalFileReader {
    private static final int LARGEST = 1 << 20;

    private final SpecReader specs;
    private final Platform platform;
    private final HostFacts facts;

    /** @param facts of the host that is to run what is read */
    public VassalFileReader(SpecReader specs, Platform platform, HostFacts facts) {
        this.specs = specs;
        this.platform = platform;
        this.facts = facts;
    }

    /**
     * Reads a file that a vassal file names.
     *
     * @throws IOException if it is no regular file, or larger than a vassal file may be
     */
    public static byte[] sideFile(String path) throws IOException {
        Path file = Path.of(path);
        Kind kind = Kind.of(file);
        if (kind != Kind.FILE) {
            throw new IOException("is " + kind.text + ", not a regular file");
        }
        byte[] content = content(file);
        if (content.length > LARGEST) {
            throw new IOException("is larger than 1 MiB");
        }
        return content;
    }

    /** Whether a monitor would take this for a vassal file, by its name. */
    public static boolean isVassalFile(Path file) {
        return VassalFileName.of(file).isPresent();
    }

    public SpecResult read(Path file) {
        Optional<VassalFileName> fileName = VassalFileName.of(file);
        if (fileName.isEmpty()) {
            return refused(file, "not the name of a vassal file", "name it <vassal>.ini");
        }
        if (!fileName.get().extension().equals(VassalFileName.READABLE)) {
            return refused(
                    file, "files in ." + fileName.get().extension() + " are not supported yet", "write it as .ini");
        }
        Optional<VassalName> name = fileName.get().vassal();
        if (name.isEmpty()) {
            return refused(
                    file,
                    "not a vassal's name",
                    "use 1 to 64 of A-Z a-z 0-9 _ @ . : + - before the extension, the first not a dot");
        }
        return read(file, name.get());
    }

    private SpecResult read(Path file, VassalName name) {
        try {
            Kind kind = Kind.of(file);
            if (kind != Kind.FILE) {
                return refused(file, "is " + kind.text + ", not a regular file", "");
            }
            byte[] content = content(file);
            if (content.length > LARGEST) {
                return refused(file, "is larger than 1 MiB", "");
            }
            return checked(specs.read(name, file.toString(), content));
        } catch (NoSuchFileException e) {
            boolean dangling = Files.isSymbolicLink(file);
            return refused(file, dangling ? "is a symbolic link to nothing" : "does not exist", "");
        } catch (IOException e) {
            return refused(file, "cannot be read: " + IoReason.of(e), "");
        }
    }

    private SpecResult checked(SpecResult result) {
        if (result instanceof SpecResult.Accepted accepted) {
            List<Problem> problems = platform.check(accepted.spec(), facts);
            if (!problems.isEmpty()) {
                return new SpecResult.Refused(problems);
            }
        }
        return result;
    }

    /**
     * Reads at most one byte more than allowed. Java cannot open with O_NONBLOCK, and open(2) of a FIFO waits for a writer,
     * so the kind was asked just before: who may write in the directory and puts a FIFO in between, within microseconds,
     * can make this wait until somebody writes to it.
     */
    private static byte[] content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LARGEST + 1);
        }
    }

    private static SpecResult refused(Path file, String rule, String remedy) {
        return new SpecResult.Refused(List.of(problem(file, rule, remedy)));
    }

    /** A problem with a file as a whole. */
    static Problem problem(Path file, String rule, String remedy) {
        return new Problem(Position.of(Escaped.of(file.toString())), "", rule, remedy);
    }

    private enum Kind {
        FILE("a regular file"),
        DIRECTORY("a directory"),
        FIFO("a FIFO"),
        SOCKET("a socket"),
        DEVICE("a device");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** By the type bits of inode(7). */
        static Kind of(Path file) throws IOException {
            int mode = (Integer) Files.getAttribute(file, "unix:mode");
            return switch (mode & 0170000) {
                case 0100000 -> FILE;
                case 0040000 -> DIRECTORY;
                case 0010000 -> FIFO;
                case 0140000 -> SOCKET;
                default -> DEVICE;
            };
        }
    }
}
