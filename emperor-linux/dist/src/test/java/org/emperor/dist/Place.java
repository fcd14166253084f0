package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The directories of one reign: vassal files, state, logs and the probe; emperors may follow each other in them. */
final class Place {
    private final Path path;
    private final Path probe;
    private final List<String> mounts = Host.mounts();
    private int edits;

    /** Every user can reach it, so that every vassal can. */
    Place() {
        try {
            path = Files.createTempDirectory(Path.of("/tmp"), "emperor-test-");
            Set<PosixFilePermission> open = PosixFilePermissions.fromString("rwxr-xr-x");
            Files.setPosixFilePermissions(path, open);
            Files.createDirectory(vassals());
            probe = Probe.into(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    Path vassals() {
        return path.resolve("vassals");
    }

    Path state() {
        return path.resolve("state");
    }

    Path logs() {
        return path.resolve("log");
    }

    /** Makes the directories that an emperor of that user could not make here. */
    void belongsTo(String user) {
        Host.run(List.of("mkdir", state().toString(), logs().toString()));
        Host.run(List.of("chown", user, state().toString(), logs().toString()));
    }

    Path file(String vassal) {
        return vassals().resolve(vassal + ".ini");
    }

    /** The command line of the probe with these words to do. */
    String probe(String... words) {
        return probe + " " + String.join(" ", words);
    }

    /** Puts a vassal file there, or another one in its place, at once. */
    void drop(String vassal, String... lines) {
        write(file(vassal), "[vassal]\n" + String.join("\n", lines) + "\n");
    }

    void write(Path file, String text) {
        try {
            Path temporary = path.resolve("edit." + edits++);
            Files.writeString(temporary, text);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void touch(String vassal) {
        try {
            FileTime time = Files.getLastModifiedTime(file(vassal));
            Files.setLastModifiedTime(
                    file(vassal), FileTime.from(time.toInstant().plusMillis(++edits)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove(String vassal) {
        try {
            Files.delete(file(vassal));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the vassal wrote, without the times and the mark after them. */
    List<String> output(String vassal) {
        return lines(logs().resolve(vassal + ".log")).stream()
                .map(line -> line.split(" ", 3))
                .map(words -> words[words.length - 1])
                .toList();
    }

    /** What the emperors said. */
    List<String> log() {
        return lines(path.resolve("emperor.log"));
    }

    String lastLog() {
        List<String> log = log();
        return "; the log:\n" + String.join("\n", log.subList(Math.max(0, log.size() - 40), log.size()));
    }

    /** Whole ones only: the last may be just being written. */
    private static List<String> lines(Path file) {
        try {
            String text = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cgroups of vassals, in every hierarchy. */
    Set<String> cgroups() {
        String realm = "/emperor." + realmId();
        return Host.cgroups(path -> path.contains(realm));
    }

    /** The processes of vassals: by their program, by their init's arguments and by their cgroups. */
    List<Integer> jailed() {
        String realm = realmId();
        return Host.processes(pid -> Host.link(pid, "exe").startsWith(path + "/")
                || isInit(Host.arguments(pid), realm)
                || Host.text(pid, "cgroup").contains("/emperor." + realm + "/"));
    }

    private static boolean isInit(List<String> arguments, String realm) {
        return arguments.size() > 2
                && arguments.get(0).equals("jail-init")
                && arguments.get(1).equals(realm);
    }

    void untilNothingIsLeft() {
        Await.until("no process is left", () -> jailed().isEmpty());
        assertEquals(Set.of(), cgroups(), "cgroups left");
        assertEquals(List.of(), entries(state().resolve("vassals")), "files of incarnations left");
        assertFalse(Files.exists(state().resolve("emperor.sock")), "control socket left");
        untilMountsAreAsBefore();
    }

    /** Of the mounts that vassals of tests make, the host shows none; other users of the host may mount what they like. */
    void untilMountsAreAsBefore() {
        Await.until(
                "the host has no mount of a jail, but has " + ours(Host.mounts()) + " instead of " + ours(mounts),
                () -> ours(Host.mounts()).equals(ours(mounts)));
    }

    private List<String> ours(List<String> mounts) {
        List<String> places = List.of("/", "/mnt", "/proc", "/dev", "/dev/pts", "/run", "/sys", "/sys/fs/cgroup");
        return mounts.stream()
                .filter(line -> line.contains(" " + path)
                        || line.contains(" probe ")
                        || places.contains(line.split(" ", -1)[4]))
                .toList();
    }

    static List<String> entries(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What cgroups and jail-inits are named after: eight hex digits of the state directory's path. */
    String realmId() {
        try {
            byte[] name = state().toRealPath().toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(name), 0, 4);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Ends and removes whatever a failed test left. */
    void clear() {
        Host.processes(pid -> Host.link(pid, "exe").startsWith(path + "/"))
                .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        if (Files.exists(state())) {
            Await.until("the jails end with their emperor", () -> jailed().isEmpty());
            Await.until("their cgroups can be removed", this::removeCgroups);
        }
        Host.run(List.of("rm", "-rf", "--one-file-system", path.toString()));
    }

    /** The deepest first; a cgroup can be removed a moment after its last process was reaped. */
    private boolean removeCgroups() {
        List<String> deepest = new ArrayList<>(cgroups());
        Collections.reverse(deepest);
        deepest.forEach(cgroup -> Path.of(cgroup).toFile().delete());
        return cgroups().isEmpty();
    }
}
