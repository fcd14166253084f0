package org.emperor.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StateDirectoryTest {
    @TempDir
    Path temporary;

    private Path root;
    private int self;

    @BeforeEach
    void who() throws IOException {
        root = temporary.toRealPath();
        self = Reign.self();
    }

    private String refusal(Path directory, int uid) {
        return assertThrows(StateRefusal.class, () -> StateDirectory.open(directory, uid))
                .getMessage();
    }

    @Test
    void isMadeForThisUserOnlyWithItsParents() throws IOException {
        Path directory = root.resolve("run/emperor");
        try (StateDirectory state = StateDirectory.open(directory, self)) {
            assertEquals(directory, state.path());
            for (Path made : new Path[] {directory, state.vassals()}) {
                assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
            }
            assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(directory.resolve("lock")));
        }
    }

    @Test
    void secondEmperorIsToldWhoReigns() throws Exception {
        Process first = Reign.start(root.resolve("state"));
        try (BufferedReader output = first.inputReader()) {
            assertEquals("reigns over " + root.resolve("state"), output.readLine());
            assertEquals(
                    "cannot reign over " + root.resolve("state") + ": emperor with pid " + first.pid()
                            + " does already",
                    refusal(root.resolve("state"), self));
            first.getOutputStream().close();
            assertTrue(first.waitFor(30, TimeUnit.SECONDS));
        }
        StateDirectory.open(root.resolve("state"), self).close();
    }

    @Test
    void killedEmperorLeavesNoLock() throws Exception {
        Process first = Reign.start(root.resolve("state"));
        try (BufferedReader output = first.inputReader()) {
            assertEquals("reigns over " + root.resolve("state"), output.readLine());
            first.destroyForcibly();
            assertTrue(first.waitFor(30, TimeUnit.SECONDS));
        }
        StateDirectory.open(root.resolve("state"), self).close();
    }

    @Test
    void refusedEmperorDoesNotTakeTheLockFromTheOther() throws Exception {
        try (StateDirectory state = StateDirectory.open(root.resolve("state"), self)) {
            for (int i = 0; i < 2; i++) {
                Process second = Reign.start(state.path());
                try (BufferedReader output = second.inputReader()) {
                    assertEquals(
                            "cannot reign over " + state.path() + ": emperor with pid "
                                    + ProcessHandle.current().pid() + " does already",
                            output.readLine());
                }
            }
        }
    }

    @Test
    void directoryInWhichOthersMayWriteIsRefused() throws IOException {
        Path open = Files.createDirectory(root.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxr-x"));
        assertEquals(
                "cannot reign over " + open + ": others may write in it, its mode is 0775; chmod go-w " + open,
                refusal(open, self));
    }

    @Test
    void directoryOfAnotherUserIsRefused() throws IOException {
        Path theirs = Files.createDirectory(root.resolve("theirs"));
        assertEquals(
                "cannot reign over " + theirs + ": it belongs to uid " + self + ", the emperor runs as uid "
                        + (self + 1),
                refusal(theirs, self + 1));
    }

    @Test
    void whatIsNoDirectoryIsRefused() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "");
        assertEquals("cannot reign over " + file + ": it is not a directory", refusal(file, self));
    }

    @Test
    void lockThatIsALinkIsNotFollowed() throws IOException {
        Path victim = Files.writeString(root.resolve("victim"), "untouched");
        Path state = Files.createDirectory(
                root.resolve("state"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createSymbolicLink(state.resolve("lock"), victim);
        assertTrue(refusal(state, self).startsWith("cannot reign over " + state + ": lock "));
        assertEquals("untouched", Files.readString(victim));
    }

    @Test
    void realmIdBelongsToTheRealPath() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), Path.of("state"));
        String id;
        try (StateDirectory state = StateDirectory.open(root.resolve("state"), self)) {
            id = state.realmId();
            assertTrue(id.matches("[0-9a-f]{8}"), id);
        }
        try (StateDirectory same = StateDirectory.open(root.resolve("link"), self)) {
            assertEquals(id, same.realmId());
        }
        try (StateDirectory other = StateDirectory.open(root.resolve("other"), self)) {
            assertNotEquals(id, other.realmId());
        }
    }
}
