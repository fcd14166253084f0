package org.emperor.linux;

import static org.emperor.linux.Attempts.EACCES;
import static org.emperor.linux.Attempts.EPERM;
import static org.emperor.linux.Attempts.SUCCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.emperor.realm.IncarnationId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Landlock, tried from inside; each beside a program without the key, for which the same works. */
@Tag("kernel")
class LandlockTest {
    private static final String FOUR = "fs,ipc,uts,pid";

    @TempDir
    static Path state;

    private static JailYard yard;

    private Path open;
    private Path inside;
    private Path outside;

    @BeforeAll
    static void open() {
        yard = JailYard.open(state);
    }

    @AfterAll
    static void close() {
        yard.close();
    }

    /** Where everybody may do everything, as far as permissions go. */
    @BeforeEach
    void makePlaces() throws IOException {
        open = Files.createTempDirectory("landlock");
        inside = Files.createDirectory(open.resolve("inside"));
        outside = Files.createDirectory(open.resolve("outside"));
        for (Path directory : new Path[] {open, inside, outside}) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
            Path file = Files.writeString(directory.resolve("file"), "text");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        }
    }

    @AfterEach
    void removePlaces() throws IOException {
        try (var found = Files.walk(open)) {
            found.sorted(java.util.Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }
    }

    private static Sample sample(String clone, int uid) {
        return Sample.of("api").jail("clone", clone).as(uid, uid);
    }

    /** With what the program itself needs: its file, and /proc. */
    private static Sample confined(String clone, int uid) {
        return sample(clone, uid).jail("landlock", "ro:" + Attempts.program()).jail("landlock", "ro:/proc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"|0", "|65534", FOUR + "|0", FOUR + "|65534", FOUR + ",user|0", FOUR + ",user|65534"})
    void whatNoRuleAllowsIsDeniedWhateverPermissionsSay(String clone, int uid) {
        String jail = clone == null ? "" : clone;
        String[] words = {
            "status",
            "read:" + inside + "/file",
            "write:" + inside + "/new",
            "truncate:" + inside + "/file",
            "remove:" + inside + "/file",
            "read:" + outside + "/file",
            "list:" + outside,
            "write:" + outside + "/new",
            "truncate:" + outside + "/file",
            "remove:" + outside + "/file",
            "read:" + open + "/file",
            "reopen:" + open + "/file",
            "execute:/bin/true",
            "reopen:/dev/stdout"
        };
        Sample with = confined(jail, uid).jail("landlock", "rw:" + inside).jail("landlock", "ro:" + open + "/file");
        Map<String, String> confined = Attempts.in(yard, with.jail("landlock", "ro:/dev"), words);
        assertEquals("1", confined.get("NoNewPrivs"));
        for (int word = 1; word <= 4; word++) {
            assertEquals(SUCCESS, confined.get(words[word]), words[word]);
        }
        for (int word = 5; word <= 9; word++) {
            assertEquals(EACCES, confined.get(words[word]), words[word]);
        }
        assertEquals(SUCCESS, confined.get("read:" + open + "/file"), "a rule for one file");
        assertEquals(EACCES, confined.get("reopen:" + open + "/file"), "which may only be read");
        assertEquals(EACCES, confined.get("execute:/bin/true"));
        assertEquals(SUCCESS, confined.get("reopen:/dev/stdout"), "its output is its own");
        Map<String, String> without = Attempts.in(yard, sample(jail, uid), words);
        for (int word = 1; word < words.length; word++) {
            assertTrue(!without.get(words[word]).equals(EACCES), words[word] + " works otherwise");
        }
    }

    @Test
    void standardInputIsWhatItWas() {
        Map<String, String> with =
                Attempts.in(yard, confined("", 0).jail("landlock", "ro:/dev"), "read:/proc/self/fd/0");
        assertEquals(SUCCESS, with.get("read:/proc/self/fd/0"));
    }

    @Test
    void portsAreThoseOfTheRules() throws IOException {
        try (ServerSocket wanted = listener();
                ServerSocket other = listener()) {
            String good = "connect:" + wanted.getLocalPort();
            String bad = "connect:" + other.getLocalPort();
            Map<String, String> with = Attempts.in(
                    yard, sample("", 0).jail("landlock", good).jail("landlock", "bind:none"), good, bad, "bind:0");
            assertEquals(SUCCESS, with.get(good));
            assertEquals(EACCES, with.get(bad));
            assertEquals(EACCES, with.get("bind:0"));
            Map<String, String> without = Attempts.in(yard, sample("", 0), good, bad, "bind:0");
            assertEquals(SUCCESS, without.get(bad));
            assertEquals(SUCCESS, without.get("bind:0"));
        }
    }

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @Test
    void signalsStayAmongTheProgramsOwn() {
        String word = "signal:" + ProcessHandle.current().pid();
        assertEquals(SUCCESS, Attempts.in(yard, sample("", 0), word).get(word));
        Sample scoped = sample("", 0).jail("landlock", "scope:signals");
        assertEquals(EPERM, Attempts.in(yard, scoped, word).get(word));
    }

    @Test
    void usualRulesReadEverythingAndWriteWhatIsUsual() throws IOException {
        Path made = Path.of("/var/lib/landlock-" + ProcessHandle.current().pid());
        String[] words = {"read:/etc/shadow", "write:" + inside + "/new", "write:" + made, "execute:/bin/true"};
        Map<String, String> with = Attempts.in(yard, sample("", 0).jail("landlock", "default"), words);
        assertEquals(SUCCESS, with.get(words[0]));
        assertEquals(SUCCESS, with.get(words[1]));
        assertEquals(EACCES, with.get(words[2]));
        assertEquals(SUCCESS, with.get(words[3]));
        assertTrue(!Files.exists(made));
        try {
            assertEquals(SUCCESS, Attempts.in(yard, sample("", 0), words).get(words[2]));
        } finally {
            Files.deleteIfExists(made);
        }
    }

    @Test
    void pathThatIsNotThereFailsTheLaunchByName() {
        IncarnationId id = yard.launch(confined("", 0).jail("landlock", "rw:/no/such"));
        String end = yard.end(id).toString();
        assertTrue(end.contains("open /no/such for a rule of Landlock: ENOENT"), end);
        yard.dismantle(id);
    }
}
