package org.emperor.lang;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The surroundings of this process, as far as its rights go. */
public final class HostSurroundings implements Surroundings {
    private final Supplier<Facts> source;
    private volatile @Nullable Facts facts;

    /** @param facts asked when some file wants to know, and once */
    public HostSurroundings(Supplier<Facts> facts) {
        this.source = facts;
    }

    @Override
    public Source read(String path) {
        Optional<Path> file = path(path);
        return file.isPresent()
                ? RegularFile.read(file.get())
                : new Source.Refused("is not a path", "correct the path");
    }

    @Override
    public boolean isReadable(String path) {
        Optional<Path> file = path(path);
        return file.isPresent() && Files.isReadable(file.get());
    }

    @Override
    public boolean isFile(String path) {
        Optional<Path> file = path(path);
        return file.isPresent() && Files.isRegularFile(file.get());
    }

    @Override
    public boolean isDirectory(String path) {
        Optional<Path> file = path(path);
        return file.isPresent() && Files.isDirectory(file.get());
    }

    @Override
    public List<String> glob(String pattern, int most) {
        return Glob.paths(pattern, most);
    }

    @Override
    public String real(String path) {
        try {
            return Path.of(path).toRealPath().toString();
        } catch (IOException | InvalidPathException unknown) {
            return path;
        }
    }

    @Override
    public boolean isLink(String path) {
        Optional<Path> file = path(path);
        return file.isPresent() && Files.isSymbolicLink(file.get());
    }

    @Override
    public Optional<String> inode(String path) {
        try {
            return Optional.of(
                    String.valueOf(Files.getAttribute(Path.of(path), "unix:ino", LinkOption.NOFOLLOW_LINKS)));
        } catch (IOException | InvalidPathException unknown) {
            return Optional.empty();
        }
    }

    @Override
    public Map<String, String> environment() {
        return System.getenv();
    }

    @Override
    public Facts facts() {
        Facts known = facts;
        if (known == null) {
            known = source.get();
            facts = known;
        }
        return known;
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException unfit) {
            return Optional.empty();
        }
    }
}
