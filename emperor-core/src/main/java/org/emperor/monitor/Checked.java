package org.emperor.monitor;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.emperor.lang.Problem;
import org.emperor.realm.Moment;
import org.emperor.spec.SpecResult;

/** A vassal file and all its problems, as somebody finds them who only looks. */
public record Checked(Path file, List<Problem> problems) {
    public Checked {
        problems = List.copyOf(problems);
    }

    /** A file by itself. */
    public static Checked file(Path file, VassalFileReader reader) {
        return new Checked(file, problems(reader.read(file)));
    }

    /**
     * The vassal files of a directory by their names, among the problems those of files that name one vassal.
     *
     * @throws IOException if it cannot be listed
     */
    public static List<Checked> directory(Path directory, VassalFileReader reader) throws IOException {
        Map<Path, Set<Problem>> problems = new TreeMap<>();
        List<Sighting> sightings = new ArrayList<>();
        for (Path file : files(directory, reader)) {
            SpecResult result = reader.read(file);
            problems.put(file, new LinkedHashSet<>(problems(result)));
            VassalFileName name = VassalFileName.ofAny(file).orElseThrow();
            if (!name.isTemplate()) {
                sightings.add(new Sighting(file, name.vassal(), FileTime.fromMillis(0), result));
            }
        }
        for (Change refused : refused(directory, sightings)) {
            problems.computeIfAbsent(refused.file(), file -> new LinkedHashSet<>())
                    .addAll(refused.problems());
        }
        return problems.entrySet().stream()
                .map(entry -> new Checked(entry.getKey(), List.copyOf(entry.getValue())))
                .toList();
    }

    private static List<Path> files(Path directory, VassalFileReader reader) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, reader::isVassalFile)) {
            entries.forEach(files::add);
        } catch (DirectoryIteratorException unreadable) {
            throw unreadable.getCause();
        }
        return files;
    }

    private static List<Problem> problems(SpecResult result) {
        return result instanceof SpecResult.Refused refused ? refused.problems() : List.of();
    }

    /** What the daemon tells of these files: what is wrong with those that count, and of the others that they do not. */
    private static List<Change> refused(Path directory, List<Sighting> sightings) {
        Claims claims = new Claims();
        claims.take(0, directory.toString(), new Scan(List.of(), sightings, List.of(), Moment.ZERO, true));
        return claims.settle().stream()
                .filter(change -> change.kind() == Change.Kind.REFUSED)
                .toList();
    }
}
