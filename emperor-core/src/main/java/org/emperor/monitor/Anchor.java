package org.emperor.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory entry outside a watched directory on which it depends what a path leads to.
 *
 * @param name empty for every entry
 */
record Anchor(Path directory, Path name) {
    private static final Path EVERY = Path.of("");

    /** MAXSYMLINKS of the kernel, path_resolution(7). */
    private static final int MOST_LINKS = 40;

    // Written out: those that javac leaves to the first use go through method handles, at every note.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Anchor that && name.equals(that.name) && directory.equals(that.directory);
    }

    @Override
    public int hashCode() {
        return 31 * directory.hashCode() + name.hashCode();
    }

    /**
     * The symbolic links a path goes through, the entry it ends at if it went through one, and the first missing entry:
     * a change of any of these, and not only of what is there now, changes what the path leads to.
     *
     * @param itself whether the entry it ends at counts in any case
     */
    static List<Anchor> of(Path path, boolean itself) {
        List<Anchor> anchors = new ArrayList<>();
        Path absolute = path.toAbsolutePath();
        Deque<Path> ahead = new ArrayDeque<>();
        push(ahead, absolute);
        Path at = absolute.getRoot();
        int links = 0;
        while (!ahead.isEmpty() && links <= MOST_LINKS) {
            Path name = ahead.pop();
            Path next = at.resolve(name).normalize(); // at has no links, so that .. means what the kernel means by it
            if (Files.isSymbolicLink(next)) {
                links++;
                anchors.add(new Anchor(at, name));
                Path target = target(next);
                push(ahead, target);
                at = target.isAbsolute() ? target.getRoot() : at;
                continue;
            }
            boolean missing = !Files.exists(next, LinkOption.NOFOLLOW_LINKS);
            if (missing || (ahead.isEmpty() && (itself || links > 0))) {
                anchors.add(new Anchor(at, name));
            }
            if (missing) {
                break;
            }
            at = next;
        }
        return anchors;
    }

    /** Every entry of a directory whose path has no links. */
    static Anchor every(Path directory) {
        return new Anchor(directory, EVERY);
    }

    private static void push(Deque<Path> ahead, Path path) {
        for (int i = path.getNameCount() - 1; i >= 0; i--) {
            ahead.push(path.getName(i));
        }
    }

    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException gone) {
            return Path.of(""); // replaced just now: the note of that brings us here again
        }
    }
}
