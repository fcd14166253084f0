package org.emperor.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emperor.jail.IdRange;
import org.emperor.lang.Stamp;

/**
 * Who has ids of the pool by the files of this host: passwd(5), group(5), subuid(5), subgid(5). Entries of the name
 * {@code emperor} keep others away from the pool, and are no obstacle.
 */
final class IdRegisters {
    private static final String OWN = "emperor";

    private final Path directory;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Optional<Stamp>> stamps; // taken before the files were read

    private record Entry(long first, long count, String holder) {
        boolean meets(long from, long many) {
            return first < from + many && from < first + count;
        }
    }

    private IdRegisters(Path directory) throws IOException {
        this.directory = directory;
        this.stamps = stamps(directory);
    }

    /** @param directory usually {@code /etc} */
    static IdRegisters read(Path directory) throws IOException {
        IdRegisters registers = new IdRegisters(directory);
        registers.add(directory.resolve("passwd"), 2, -1);
        registers.add(directory.resolve("group"), 2, -1);
        registers.add(directory.resolve("subuid"), 1, 2);
        registers.add(directory.resolve("subgid"), 1, 2);
        return registers;
    }

    /** These if the files are still the ones that were read, or else what the files say now. */
    IdRegisters latest() throws IOException {
        return stamps.equals(stamps(directory)) ? this : read(directory);
    }

    private static List<Optional<Stamp>> stamps(Path directory) throws IOException {
        List<Optional<Stamp>> stamps = new ArrayList<>();
        for (String name : List.of("passwd", "group", "subuid", "subgid")) {
            stamps.add(stamp(directory.resolve(name)));
        }
        return stamps;
    }

    private static Optional<Stamp> stamp(Path file) throws IOException {
        try {
            return Optional.of(Stamp.of(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** @param countAt the field that says how many; -1 for one */
    private void add(Path file, int firstAt, int countAt) throws IOException {
        for (String line : lines(file)) {
            String[] fields = line.split(":", -1);
            if (fields.length < 3 || fields[0].equals(OWN)) {
                continue;
            }
            long count = countAt < 0 ? 1 : number(fields[countAt]);
            Entry entry = new Entry(number(fields[firstAt]), count, fields[0] + " in " + file);
            if (entry.meets(IdRange.POOL_FIRST, IdRange.POOL)) {
                entries.add(entry);
            }
        }
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Zero, which is nobody's of the pool, for what is no number. */
    private static long number(String field) {
        boolean fits = !field.isEmpty() && field.length() <= 10;
        for (int i = 0; i < field.length(); i++) {
            fits &= field.charAt(i) >= '0' && field.charAt(i) <= '9';
        }
        return fits ? Long.parseLong(field) : 0;
    }

    /** Who has some of these ids, as in {@code alice in /etc/subuid}. */
    Optional<String> holder(int base) {
        for (Entry entry : entries) {
            if (entry.meets(base, IdRange.LENGTH)) {
                return Optional.of(entry.holder());
            }
        }
        return Optional.empty();
    }
}
