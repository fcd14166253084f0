package org.emperor.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emperor.lang.IoReason;
import org.emperor.monitor.Checked;
import org.emperor.monitor.VassalFileReader;

/** The vassal files that a person means by names of files and directories. */
final class VassalFiles {
    private VassalFiles() {}

    /**
     * A file as it is, whatever its name; of a directory what a monitor would take, in the order of the names.
     *
     * @throws CommandFailure if a directory cannot be read
     */
    static List<Checked> checked(List<Path> places, VassalFileReader reader) {
        List<Checked> files = new ArrayList<>();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                files.addAll(within(place, reader));
            } else {
                files.add(Checked.file(place, reader));
            }
        }
        return files;
    }

    private static List<Checked> within(Path directory, VassalFileReader reader) {
        try {
            return Checked.directory(directory, reader);
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    ExitCode.MISTAKE,
                    "cannot read directory " + directory + ": " + IoReason.of(unreadable),
                    unreadable);
        }
    }
}
