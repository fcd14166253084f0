package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** Roots whose files belong inside to whom they belong on disk, by a mount with mapped ids. */
@Tag("kernel")
class MappedRootTest {
    private RunningEmperor emperor;
    private Path root;

    /** A root of the host's root with a file of www-data. */
    @BeforeEach
    void start() throws IOException {
        emperor = RunningEmperor.start();
        root = Files.createDirectory(emperor.place().path().resolve("root"));
        for (String name : List.of("proc", "old", "home")) {
            Files.createDirectory(root.resolve(name));
        }
        Probe.into(root);
        Files.createFile(root.resolve("page"));
        own("page", 33);
        own("home", 33);
    }

    @AfterEach
    void stop() {
        emperor.end();
    }

    private void own(String name, int id) throws IOException {
        Files.setAttribute(root.resolve(name), "unix:uid", id);
        Files.setAttribute(root.resolve(name), "unix:gid", id);
    }

    private List<Integer> owner(String name) throws IOException {
        Path file = root.resolve(name);
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
                "clone = user,fs,pid\npivot-root = ROOT ROOT/old\nhook-as-root = umount:/old rec,detach",
                "clone = user,fs,pid\nchroot = ROOT"
            })
    void filesBelongInsideToWhomTheyBelongOnDisk(String lines) throws IOException {
        String file = lines.replace("ROOT", root.toString());
        drop("mapped", "own:/probe own:/page make:/made own:/made", "root-idmap = true", file);

        emperor.untilSaid("mapped", "/made belongs to 0:0");
        List<String> said = emperor.place().output("mapped");
        assertEquals(
                List.of("/probe belongs to 0:0", "/page belongs to 33:33", "make: 0", "/made belongs to 0:0"), said);
        assertEquals(List.of(0, 0), owner("made"), "and on disk too");
        emperor.dismiss("mapped");
        emperor.place().untilMountsAreAsBefore();
    }

    /** The control: what the key is for does not happen without it. */
    @Test
    void filesOfTheHostsRootAreNobodysWithoutIt() throws IOException {
        drop("plain", "own:/probe make:/made", "clone = user", "namespace = " + root);

        emperor.untilSaid("plain", "make: 13");
        assertEquals(
                List.of("/probe belongs to 65534:65534", "make: 13"),
                emperor.place().output("plain"));
        emperor.dismiss("plain");
    }

    @Test
    void programOfAnotherUserWritesAsThatUser() throws IOException {
        drop(
                "user",
                "make:/made make:/home/made",
                "root-idmap = yes",
                "clone = user",
                "uid = www-data",
                "namespace = " + root);

        emperor.untilSaid("user", "make: 0");
        assertEquals(List.of("make: 13", "make: 0"), emperor.place().output("user"));
        assertEquals(List.of(33, 33), owner("home/made"));
        emperor.dismiss("user");
    }

    @Test
    void idsBeyondTheMapAreNobodysAndCannotBeWritten() throws IOException {
        own("page", 70_000);
        drop("beyond", "own:/page", "root-idmap = true", "clone = user", "namespace = " + root);

        emperor.untilSaid("beyond", "/page belongs to 65534:65534");
        emperor.dismiss("beyond");
    }

    /** Who may change the way could else have the whole host mapped. */
    @Test
    void symbolicLinkOnTheWayIsNotFollowed() throws IOException {
        Path link = Files.createSymbolicLink(emperor.place().path().resolve("link"), root);
        drop("linked", "own:/probe", "root-idmap = true", "clone = user", "namespace = " + link);

        emperor.untilShown("linked", "waiting with the reason", shown -> shown.get("reason")
                .textValue()
                .contains("step attach/3 map the ids of " + link + ": openat2 " + link + ": ELOOP"));
        assertEquals(List.of(), emperor.place().output("linked"));
        emperor.dismiss("linked");
    }

    @Test
    void fileSystemThatCannotBeMappedIsNamed() {
        drop("proc", "own:/probe", "root-idmap = true", "clone = user", "namespace = /proc");

        emperor.untilShown("proc", "waiting with the reason", shown -> shown.get("reason")
                .textValue()
                .contains("step attach/3 map the ids of /proc: mount_setattr /proc: EINVAL"));
        emperor.dismiss("proc");
    }

    @Test
    void rootWithoutUserNamespaceIsRefused() {
        drop("wrong", "own:/probe", "root-idmap = true", "namespace = " + root);

        JsonNode problem = emperor.problem("wrong");
        assertEquals("root-idmap", problem.get("key").textValue());
        assertEquals("counts only in a user namespace", problem.get("rule").textValue());
        assertTrue(emperor.vassal("wrong").isEmpty());
        emperor.remove("wrong");
        emperor.until("its refusal is forgotten", () -> emperor.refused().isEmpty());
    }
}
