package org.emperor.monitor;

import java.nio.file.Path;
import java.util.function.Predicate;
import org.emperor.jail.FileWatch;

/** The vassal files of one directory, or those of them whose names match. */
final class DirectoryMonitor implements ImperialMonitor {
    private final String source;
    private final Surroundings surroundings;
    private final Folder folder;

    DirectoryMonitor(String source, Path directory, Predicate<Path> accepts, Surroundings surroundings) {
        this.source = source;
        this.surroundings = surroundings;
        this.folder = new Folder(directory, accepts, surroundings);
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public boolean hint(FileWatch.Note note) {
        return folder.hint(note);
    }

    @Override
    public Scan scan() {
        Findings findings = surroundings.findings();
        findings.lookAgain(folder.scan(findings));
        folder.troubles().forEach(findings::trouble);
        return findings.scan();
    }
}
