package org.emperor.lang;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a file from another without reading it. The change time is the part nobody can set back: it
 * gives away an edit of the same size within the same second whose author restored the modification time.
 *
 * @param inode device and number, which a rename keeps
 * @param link whether the path is a symbolic link; the rest is then its target's, or its own if that cannot be reached
 */
public record Stamp(boolean link, boolean regular, String inode, long size, FileTime modified, FileTime changed) {
    private static final String ATTRIBUTES = "unix:dev,ino,mode,size,lastModifiedTime,ctime";

    /** @throws java.nio.file.NoSuchFileException if there is no such entry; a link to nothing is an entry */
    public static Stamp of(Path path) throws IOException {
        Map<String, Object> own = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        if (type(own) != 0120000) {
            return of(false, own);
        }
        try {
            return of(true, Files.readAttributes(path, ATTRIBUTES));
        } catch (IOException unreachable) {
            return of(true, own); // reading it says what is wrong
        }
    }

    private static Stamp of(boolean link, Map<String, Object> attributes) {
        return new Stamp(
                link,
                type(attributes) == 0100000,
                attribute(attributes, "dev", Long.class) + ":" + attribute(attributes, "ino", Long.class),
                attribute(attributes, "size", Long.class),
                attribute(attributes, "lastModifiedTime", FileTime.class),
                attribute(attributes, "ctime", FileTime.class));
    }

    /** The type bits of inode(7). */
    private static int type(Map<String, Object> attributes) {
        return attribute(attributes, "mode", Integer.class) & 0170000;
    }

    private static <T> T attribute(Map<String, Object> attributes, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(attributes.get(name), name));
    }

    // Written out: those that javac leaves to the first use take a cold start milliseconds each.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Stamp that
                && link == that.link
                && regular == that.regular
                && inode.equals(that.inode)
                && size == that.size
                && modified.equals(that.modified)
                && changed.equals(that.changed);
    }

    @Override
    public int hashCode() {
        return 31 * inode.hashCode() + changed.hashCode();
    }
}
