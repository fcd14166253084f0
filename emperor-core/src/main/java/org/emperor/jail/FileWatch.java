package org.emperor.jail;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The kernel's notes about directories: hints to look again, never the truth. One thread uses it, but for wake. */
public interface FileWatch extends AutoCloseable {

    /** Watches this directory (repeatable); an error is text for a person, and then only rescans find changes. */
    Optional<String> watch(Path directory);

    void unwatch(Path directory);

    /** Waits for notes, at most this long; an empty list means the time ran out or {@link #wake}. */
    List<Note> await(Duration atMost);

    /** Ends the current or next {@link #await}; callable from any thread. */
    void wake();

    /** Whether nobody has the file open for writing, or empty where the file system cannot tell. */
    Optional<Boolean> isQuiet(Path file);

    @Override
    void close();

    /**
     * @param directory the watched directory; for OVERFLOW the root directory
     * @param name the entry's name; empty when the note is about the directory itself
     */
    record Note(Kind kind, Path directory, String name) {}

    enum Kind {
        /** Closed after writing, or renamed into place: the file is whole. */
        COMPLETE,
        /** Anything else changed. */
        CHANGED,
        /** The watched directory itself was moved, deleted or unmounted; its watch is gone. */
        DIRECTORY_GONE,
        /** Notes were lost; only a rescan knows. */
        OVERFLOW
    }
}
