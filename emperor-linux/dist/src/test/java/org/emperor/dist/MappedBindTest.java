package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories of the host that are bound into a user namespace, with and without mapped ids. */
@Tag("kernel")
class MappedBindTest {
    private static final int EACCES = 13;
    private static final int EROFS = 30;

    private RunningEmperor emperor;
    private Path data;
    private Path root;

    /** A directory of the host's root with a file of its own and one of www-data; a root directory to bind it into. */
    @BeforeEach
    void start() throws IOException {
        emperor = RunningEmperor.start();
        data = Files.createDirectory(emperor.place().path().resolve("data"));
        Files.createFile(data.resolve("roots"));
        Files.createFile(data.resolve("page"));
        own(data.resolve("page"), 33);
        root = Files.createDirectory(emperor.place().path().resolve("root"));
        for (String name : List.of("proc", "sys", "dev", "run", "tmp", "data")) {
            Files.createDirectory(root.resolve(name));
        }
        Probe.into(root);
    }

    @AfterEach
    void stop() {
        emperor.end();
    }

    private static void own(Path file, int id) throws IOException {
        Files.setAttribute(file, "unix:uid", id);
        Files.setAttribute(file, "unix:gid", id);
    }

    private static List<Integer> owner(Path file) throws IOException {
        return List.of((Integer) Files.getAttribute(file, "unix:uid"), (Integer) Files.getAttribute(file, "unix:gid"));
    }

    private void drop(String vassal, String what, String... lines) {
        emperor.drop(
                vassal,
                Stream.concat(Stream.of("exec = /probe " + what + " stay"), Stream.of(lines))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clone = user\nnamespace = ROOT",
                "clone = user,fs,pid\nchroot = ROOT",
                "jail-preset = strict\nnamespace = ROOT"
            })
    void filesBelongInsideToWhomTheyBelongOnDisk(String lines) throws IOException {
        drop(
                "mapped",
                "own:/data/roots own:/data/page make:/data/made own:/data/made look:/data",
                "bind = " + data + ":/data:idmap",
                lines.replace("ROOT", root.toString()));

        Report report = emperor.report("mapped");
        assertEquals(
                List.of(
                        "/data/roots belongs to 0:0",
                        "/data/page belongs to 33:33",
                        "make: 0",
                        "/data/made belongs to 0:0"),
                emperor.place().output("mapped").subList(0, 4));
        assertEquals(List.of(0, 0), owner(data.resolve("made")), "and on disk too");
        assertTrue(report.flags("/data").containsAll(List.of("rw", "nosuid", "nodev")));
        assertTrue(report.flags("/data").contains("idmapped"));
        emperor.dismiss("mapped");
        emperor.place().untilMountsAreAsBefore();
    }

    /** The control: what the option is for does not happen without it. */
    @Test
    void filesOfTheHostsRootAreNobodysWithoutIt() {
        drop(
                "plain",
                "own:/data/roots make:/data/made",
                "bind = " + data + ":/data",
                "clone = user",
                "namespace = " + root);

        emperor.untilSaid("plain", "make: ");
        assertEquals(
                List.of("/data/roots belongs to 65534:65534", "make: " + EACCES),
                emperor.place().output("plain"));
        emperor.dismiss("plain");
    }

    @Test
    void programOfAnotherUserWritesAsThatUser() throws IOException {
        Path home = Files.createDirectory(data.resolve("home"));
        own(home, 33);
        drop(
                "user",
                "make:/data/made make:/data/home/made",
                "bind = " + data + ":/data:idmap",
                "jail-preset = strict",
                "uid = www-data",
                "namespace = " + root);

        emperor.untilSaid("user", "make: 0");
        assertEquals(List.of("make: " + EACCES, "make: 0"), emperor.place().output("user"));
        assertEquals(List.of(33, 33), owner(home.resolve("made")));
        emperor.dismiss("user");
    }

    @Test
    void readOnlyOneIsMappedAndCannotBeWritten() throws IOException {
        drop(
                "reader",
                "own:/data/roots make:/data/made look:/data",
                "bind-ro = " + data + ":/data:idmap",
                "clone = user",
                "namespace = " + root);

        assertTrue(emperor.report("reader").flags("/data").contains("ro"));
        assertEquals(
                List.of("/data/roots belongs to 0:0", "make: " + EROFS),
                emperor.place().output("reader").subList(0, 2));
        assertFalse(Files.exists(data.resolve("made")));
        emperor.dismiss("reader");
    }

    @Test
    void singleFileIsMappedTooAndItsPlaceMade() {
        drop(
                "single",
                "own:/run/page own:/run/plain",
                "bind-ro = " + data.resolve("page") + ":/run/page:file,idmap",
                "bind-ro = " + data.resolve("page") + ":/run/plain:file",
                "jail-preset = strict",
                "namespace = " + root);

        emperor.untilSaid("single", "/run/page belongs to 33:33");
        emperor.untilSaid("single", "/run/plain belongs to 65534:65534");
        emperor.dismiss("single");
    }

    /** Who may change the way could else have the whole host mapped. */
    @Test
    void symbolicLinkOnTheWayIsNotFollowed() throws IOException {
        Path link = Files.createSymbolicLink(emperor.place().path().resolve("link"), data);
        drop("linked", "own:/data", "bind = " + link + ":/data:idmap", "clone = user", "namespace = " + root);

        emperor.untilFailsIn("linked", "map the ids of " + link + ": openat2 " + link, "ELOOP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc", "/sys"})
    void fileSystemThatCannotBeMappedIsNamed(String source) {
        drop("unable", "own:/data", "bind = " + source + ":/data:idmap", "clone = user", "namespace = " + root);

        emperor.untilFailsIn(
                "unable",
                "map the ids of " + source + ": mount_setattr " + source + ": EINVAL",
                "; a file system there, or one mounted below it, cannot have its ids mapped");
    }

    @Test
    void bindWithoutUserNamespaceIsRefused() {
        drop("wrong", "own:/data", "bind = " + data + ":/data:idmap", "namespace = " + root);

        JsonNode problem = emperor.problem("wrong");
        assertEquals("bind", problem.get("key").textValue());
        assertEquals(
                "idmap counts only in a user namespace", problem.get("rule").textValue());
        emperor.remove("wrong");
        emperor.until("its refusal is forgotten", () -> emperor.refused().isEmpty());
    }
}
