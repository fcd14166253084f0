package org.emperor.lang;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A world of files in memory, in which nothing is random and everything is as a test wrote it. */
public final class FakeSurroundings implements Surroundings {
    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();

    /** A file, and all directories above it. */
    public FakeSurroundings file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    public FakeSurroundings file(String path, byte[] content) {
        files.put(path, content.clone());
        return this;
    }

    public FakeSurroundings variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Every path that was read or looked for, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Source read(String path) {
        asked.add(path);
        byte[] content = files.get(path);
        if (content != null) {
            return new Source.Content(content.clone());
        }
        return isDirectory(path)
                ? new Source.Refused("is a directory, not a regular file", "write the path of a file")
                : new Source.Refused("does not exist", "make it, or correct the path");
    }

    @Override
    public boolean isReadable(String path) {
        return isFile(path) || isDirectory(path);
    }

    @Override
    public boolean isFile(String path) {
        return files.containsKey(path);
    }

    @Override
    public boolean isDirectory(String path) {
        String inside = path.endsWith("/") ? path : path + "/";
        String first = files.ceilingKey(inside);
        return first != null && first.startsWith(inside);
    }

    @Override
    public List<String> glob(String pattern, int most) {
        List<String> found = new ArrayList<>();
        for (String file : files.keySet()) {
            for (int end = file.length(); end > 0; end = file.lastIndexOf('/', end - 1)) {
                String path = file.substring(0, end);
                if (!found.contains(path) && matches(pattern, path)) {
                    found.add(path);
                }
            }
        }
        found.sort(null);
        return found.subList(0, Math.min(most, found.size()));
    }

    private static boolean matches(String pattern, String path) {
        String[] patterns = pattern.split("/", -1);
        String[] names = path.split("/", -1);
        boolean same = patterns.length == names.length;
        for (int i = 0; same && i < names.length; i++) {
            same = Wildcards.match(patterns[i], names[i]) && names[i].startsWith(".") == patterns[i].startsWith(".");
        }
        return same;
    }

    @Override
    public String real(String path) {
        return path;
    }

    @Override
    public boolean isLink(String path) {
        return false;
    }

    @Override
    public Optional<String> inode(String path) {
        return isReadable(path) ? Optional.of("4711") : Optional.empty();
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public Facts facts() {
        return new Facts(
                "thishost",
                "0.1.0",
                "/usr/bin/emperor",
                "/srv",
                Instant.parse("2026-01-02T03:04:05.678901Z"),
                4,
                1000,
                "alice",
                100,
                "users");
    }
}
