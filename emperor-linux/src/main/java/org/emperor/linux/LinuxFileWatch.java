package org.emperor.linux;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    /** One watch may stand for several paths: the kernel knows directories, not what leads to them. */
    private final Map<Integer, Set<Path>> directories = new HashMap<>();

    private final Map<Path, Integer> watches = new HashMap<>();

    LinuxFileWatch(Kernel kernel) {
        inotify = new Inotify(kernel);
        bell = new WakeUp(kernel);
    }

    @Override
    public Optional<String> watch(Path directory) {
        try {
            int watch = inotify.watch(directory.toString(), MASK);
            forgetFormer(directory, watch);
            directories.computeIfAbsent(watch, it -> new LinkedHashSet<>()).add(directory);
            watches.put(directory, watch);
            return Optional.empty();
        } catch (SyscallException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void unwatch(Path directory) {
        Integer watch = watches.remove(directory);
        if (watch == null) {
            return;
        }
        Set<Path> same = directories.getOrDefault(watch, new LinkedHashSet<>());
        same.remove(directory);
        if (same.isEmpty()) {
            directories.remove(watch);
            inotify.unwatch(watch);
        }
    }

    /** The path may have led to another directory before. */
    private void forgetFormer(Path directory, int watch) {
        Integer former = watches.get(directory);
        if (former != null && former != watch) {
            unwatch(directory);
        }
    }

    @Override
    public List<Note> await(Duration atMost) {
        List<Note> notes = new ArrayList<>();
        long milliseconds = Math.max(0, atMost.plusNanos(999_999).toMillis());
        inotify.await(milliseconds, bell, event -> notes.addAll(notes(event)));
        return notes;
    }

    private List<Note> notes(Inotify.Event event) {
        if (event.has(Inotify.OVERFLOW)) {
            return List.of(new Note(Kind.OVERFLOW, EVERYWHERE, ""));
        }
        List<Path> same = List.copyOf(directories.getOrDefault(event.watch(), Set.of()));
        if (event.has(Inotify.SELF_MOVED | Inotify.SELF_DELETED | Inotify.UNMOUNTED | Inotify.IGNORED)) {
            same.forEach(this::unwatch); // a moved directory keeps its watch under a name that is no longer its own
            return notes(same, Kind.DIRECTORY_GONE, "");
        }
        boolean complete = event.has(Inotify.CLOSED_AFTER_WRITING | Inotify.MOVED_TO);
        return notes(same, complete ? Kind.COMPLETE : Kind.CHANGED, event.name());
    }

    private static List<Note> notes(List<Path> directories, Kind kind, String name) {
        List<Note> notes = new ArrayList<>(directories.size());
        for (Path directory : directories) {
            notes.add(new Note(kind, directory, name));
        }
        return notes;
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
