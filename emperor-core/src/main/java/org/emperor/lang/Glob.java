package org.emperor.lang;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Finds paths as glob(3) without flags does; a directory that cannot be listed has nothing in it. */
final class Glob {
    /** How many entries are looked at in all, so that nobody's pattern walks a whole disk. */
    private static final int MOST_ENTRIES = 1_000_000;

    private final int most;
    private int looked;

    private Glob(int most) {
        this.most = most;
    }

    /** The paths that match an absolute pattern, sorted; at most so many. */
    static List<String> paths(String pattern, int most) {
        Glob glob = new Glob(most);
        List<String> found = List.of("");
        for (String name : pattern.substring(1).split("/", -1)) {
            found = glob.below(found, name);
        }
        return found;
    }

    private List<String> below(List<String> directories, String name) {
        List<String> found = new ArrayList<>();
        for (String directory : directories) {
            if (!isPattern(name)) {
                plain(directory + "/" + Wildcards.unescaped(name), found);
            } else {
                list(directory, name, found);
            }
        }
        Collections.sort(found);
        return found.size() > most ? found.subList(0, most) : found;
    }

    private static void plain(String path, List<String> found) {
        try {
            if (Files.exists(Path.of(path.isEmpty() ? "/" : path))) {
                found.add(path);
            }
        } catch (InvalidPathException unfit) {
            return; // no file has that name
        }
    }

    private void list(String directory, String pattern, List<String> found) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(directory + "/"))) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                looked++;
                if (looked > MOST_ENTRIES || found.size() > most) {
                    return;
                }
                if (name.startsWith(".") == pattern.startsWith(".") && Wildcards.match(pattern, name)) {
                    found.add(directory + "/" + name);
                }
            }
        } catch (IOException | DirectoryIteratorException | InvalidPathException unreadable) {
            return; // as glob(3) without GLOB_ERR
        }
    }

    static boolean isPattern(String name) {
        for (int i = 0; i < name.length(); i++) {
            if ("*?[".indexOf(name.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
