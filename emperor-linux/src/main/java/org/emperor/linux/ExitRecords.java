package org.emperor.linux;

import java.nio.file.Path;
import java.util.Optional;
import org.emperor.jail.Seat;
import org.emperor.linux.sys.HostFiles;
import org.emperor.linux.sys.Reaper;
import org.emperor.linux.sys.SyscallException;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;

/** What jail-inits wrote about their programs: {@code code status}, as in waitid(2). */
final class ExitRecords {
    private final HostFiles files;
    private final Path stateDirectory;

    ExitRecords(HostFiles files, Path stateDirectory) {
        this.files = files;
        this.stateDirectory = stateDirectory;
    }

    /** Empty when jail-init was killed before it could write: then its own status is the best there is. */
    Optional<ExitStatus> read(IncarnationId incarnation) {
        try {
            String text = files.read(
                            Seat.exitRecord(stateDirectory, incarnation).toString())
                    .strip();
            int space = text.indexOf(' ');
            return space < 0
                    ? Optional.empty()
                    : Optional.of(Reaper.status(
                            Integer.parseInt(text.substring(0, space)), Integer.parseInt(text.substring(space + 1))));
        } catch (SyscallException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
