package org.emperor.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import org.emperor.lang.IoReason;

/** Files that client commands write: never over others, and never half of one. */
final class NewFile {
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private NewFile() {}

    /** @throws CommandFailure if it is there already, or cannot be written */
    static void write(Path target, byte[] bytes, FileAttribute<?>... attributes) {
        try (OutputStream file = Channels.newOutputStream(Files.newByteChannel(target, NEW, attributes))) {
            writeOrRemove(target, bytes, file);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.MISTAKE,
                    "cannot write " + Printable.of(target.toString()) + ": " + Printable.of(IoReason.of(e)),
                    e);
        }
    }

    private static void writeOrRemove(Path target, byte[] bytes, OutputStream file) throws IOException {
        try {
            file.write(bytes);
        } catch (IOException e) {
            Files.delete(target);
            throw e;
        }
    }
}
