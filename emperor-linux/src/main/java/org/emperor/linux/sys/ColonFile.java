package org.emperor.linux.sys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of rows of colon-separated fields, numbers from the third on: passwd(5), group(5). It is read again only when it has
 * become another, because every vassal file asks for it: reading it for each took longer than the rest of the file.
 */
final class ColonFile {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final int NUMBERED = 2;

    private final Path path;
    private final int fields;
    private final int numbers;
    private volatile Content content = new Content(null, List.of());

    /** What tells one content from another: tools that change accounts write a new file and rename it. */
    private record Version(
            FileTime modified, long size, @Nullable Object inode) {
        // Written out: those that javac leaves to the first use go through method handles, at every file that is read.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Version that
                    && size == that.size
                    && modified.equals(that.modified)
                    && Objects.equals(inode, that.inode);
        }

        @Override
        public int hashCode() {
            return modified.hashCode();
        }
    }

    private record Content(@Nullable Version version, List<List<String>> rows) {}

    /** @param numbers how many fields from the third on are numbers */
    ColonFile(Path path, int fields, int numbers) {
        this.path = path;
        this.fields = fields;
        this.numbers = numbers;
    }

    /** The well-formed rows; others are passed over, as the C library does. A file that is not there has none. */
    List<List<String>> rows() {
        try {
            Version version = version();
            Content last = content;
            if (!Objects.equals(last.version(), version)) {
                last = new Content(version, read());
                content = last;
            }
            return last.rows();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Version version() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    private List<List<String>> read() throws IOException {
        return Files.readString(path, StandardCharsets.ISO_8859_1)
                .lines()
                .map(line -> List.of(line.split(":", -1)))
                .filter(this::isWellFormed)
                .toList();
    }

    private boolean isWellFormed(List<String> row) {
        return row.size() == fields
                && row.subList(NUMBERED, NUMBERED + numbers).stream()
                        .allMatch(field -> number(field).isPresent());
    }

    /** The number, if the text is one that an id can be. */
    static OptionalInt number(String text) {
        if (!NUMBER.matcher(text).matches() || Long.parseLong(text) > Integer.MAX_VALUE) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(text));
    }
}
