package org.emperor.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.emperor.monitor.VassalFileReader;

/** The vassal files that a person means by names of files and directories. */
final class VassalFiles {
    private VassalFiles() {}

    /**
     * A file as it is, whatever its name; of a directory what a monitor would take, in the order of the names.
     *
     * @throws CommandFailure if a directory cannot be read
     */
    static List<Path> of(List<Path> places) {
        List<Path> files = new ArrayList<>();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                files.addAll(within(place));
            } else {
                files.add(place);
            }
        }
        return files;
    }

    private static Set<Path> within(Path directory) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, VassalFileReader::isVassalFile)) {
            Set<Path> files = new TreeSet<>();
            entries.forEach(files::add);
            return files;
        } catch (IOException unreadable) {
            throw new CommandFailure(ExitCode.MISTAKE, "cannot read directory " + unreadable.getMessage(), unreadable);
        }
    }
}
