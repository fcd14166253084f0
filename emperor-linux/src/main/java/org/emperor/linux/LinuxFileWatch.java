package org.emperor.linux;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emperor.jail.FileWatch;
import org.emperor.linux.sys.Inotify;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.SyscallException;
import org.emperor.linux.sys.WakeUp;

/** inotify(7) behind the portable face. */
final class LinuxFileWatch implements FileWatch {
    private static final int MASK = Inotify.ATTRIBUTES
            | Inotify.MODIFIED
            | Inotify.CLOSED_AFTER_WRITING
            | Inotify.MOVED_FROM
            | Inotify.MOVED_TO
            | Inotify.CREATED
            | Inotify.DELETED
            | Inotify.SELF_DELETED
            | Inotify.SELF_MOVED;
    private static final Path EVERYWHERE = Path.of("/");

    private final Inotify inotify;
    private final WakeUp bell;
    private final Map<Integer, Path> directories = new HashMap<>();
    private final Map<Path, Integer> watches = new HashMap<>();

    LinuxFileWatch(Kernel kernel) {
        inotify = new Inotify(kernel);
        bell = new WakeUp(kernel);
    }

    @Override
    public Optional<String> watch(Path directory) {
        try {
            int watch = inotify.watch(directory.toString(), MASK);
            directories.put(watch, directory);
            watches.put(directory, watch);
            return Optional.empty();
        } catch (SyscallException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void unwatch(Path directory) {
        Integer watch = watches.remove(directory);
        if (watch != null) {
            directories.remove(watch);
            inotify.unwatch(watch);
        }
    }

    @Override
    public List<Note> await(Duration atMost) {
        List<Note> notes = new ArrayList<>();
        long milliseconds = Math.max(0, atMost.plusNanos(999_999).toMillis());
        inotify.await(milliseconds, bell, event -> note(event).ifPresent(notes::add));
        return notes;
    }

    private Optional<Note> note(Inotify.Event event) {
        if (event.has(Inotify.OVERFLOW)) {
            return Optional.of(new Note(Kind.OVERFLOW, EVERYWHERE, ""));
        }
        Path directory = directories.get(event.watch());
        if (directory == null) {
            return Optional.empty();
        }
        if (event.has(Inotify.SELF_MOVED | Inotify.SELF_DELETED | Inotify.UNMOUNTED | Inotify.IGNORED)) {
            unwatch(directory); // a moved directory keeps its watch under a name that is no longer its own
            return Optional.of(new Note(Kind.DIRECTORY_GONE, directory, ""));
        }
        boolean complete = event.has(Inotify.CLOSED_AFTER_WRITING | Inotify.MOVED_TO);
        return Optional.of(new Note(complete ? Kind.COMPLETE : Kind.CHANGED, directory, event.name()));
    }

    @Override
    public void wake() {
        bell.ring();
    }

    @Override
    public Optional<Boolean> isQuiet(Path file) {
        return inotify.isQuiet(file.toString());
    }

    @Override
    public void close() {
        inotify.close();
        bell.close();
    }
}
