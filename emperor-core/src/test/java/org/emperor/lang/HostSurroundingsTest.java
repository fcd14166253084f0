package org.emperor.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.emperor.lang.Surroundings.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostSurroundingsTest {
    @TempDir
    private Path directory;

    private final HostSurroundings host = new HostSurroundings(() -> {
        throw new IllegalStateException("nobody asks for facts");
    });

    @Test
    void regularFilesAreReadThroughLinks() throws IOException {
        Files.writeString(directory.resolve("a"), "text");
        Files.createSymbolicLink(directory.resolve("b"), Path.of("a"));
        Source source = host.read(directory + "/b");
        assertEquals("text", new String(((Source.Content) source).bytes(), StandardCharsets.UTF_8));
    }

    @Test
    void whatCouldMakeTheReaderWaitIsNotRead() throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(directory.resolve("socket")));
            assertRefused("is a socket, not a regular file", directory + "/socket");
        }
        assertRefused("is a directory, not a regular file", directory.toString());
        assertRefused("is a device, not a regular file", "/dev/zero");
        assertRefused("is made up by the kernel while it is read", "/proc/kmsg");
        assertRefused("does not exist", directory + "/no");
        assertRefused("is not a path", "/a\0b");
    }

    @Test
    void fileOfMoreThanOneMebibyteIsNotReadWhole() throws IOException {
        Path file = Files.write(directory.resolve("big"), new byte[IniReader.LARGEST + 1]);
        assertRefused("is larger than 1 MiB", file.toString());
        Files.write(file, new byte[IniReader.LARGEST]);
        assertInstanceOf(Source.Content.class, host.read(file.toString()));
    }

    @Test
    void questionsAboutPathsFollowLinksButNotThoseAboutTheLinkItself() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "");
        Path link = Files.createSymbolicLink(directory.resolve("l"), Path.of("a"));
        assertTrue(host.isFile(link.toString()));
        assertTrue(host.isReadable(link.toString()));
        assertFalse(host.isDirectory(link.toString()));
        assertTrue(host.isDirectory(directory.toString()));
        assertTrue(host.isLink(link.toString()));
        assertEquals(directory.toRealPath() + "/a", host.real(link.toString()));
        assertFalse(host.inode(link.toString()).equals(host.inode(file.toString())));
        assertFalse(host.isFile("/a\0b") || host.isReadable("/a\0b") || host.isLink("/a\0b"));
    }

    @Test
    void globFindsByEveryPartOfThePathAndPassesOverHiddenNames() throws IOException {
        for (String name : List.of("one/x.ini", "two/x.ini", "two/.x.ini", "two/y.txt", ".three/x.ini")) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
        assertEquals(List.of(directory + "/one/x.ini", directory + "/two/x.ini"), host.glob(directory + "/*/*.ini", 9));
        assertEquals(List.of(directory + "/two/.x.ini"), host.glob(directory + "/t*/.*", 9));
        assertEquals(List.of(directory + "/one/x.ini"), host.glob(directory + "/one/x.ini", 9));
        assertEquals(List.of(), host.glob(directory + "/no/*", 9));
        assertEquals(1, host.glob(directory + "/*/*", 1).size());
    }

    @ParameterizedTest
    @CsvSource({
        "*, abc, true",
        "a*c, abc, true",
        "a*c, abcd, false",
        "?b?, abc, true",
        "?, '', false",
        "[a-c]x, bx, true",
        "[!a-c]x, bx, false",
        "[]]x, ]x, true",
        "[a, [a, true",
        "\\*, *, true",
        "\\*, a, false",
        "*a*b*c, xaybzc, true",
        "**, '', true"
    })
    void wildcardsMatchAsInAShell(String pattern, String name, boolean matches) {
        assertEquals(matches, Wildcards.match(pattern, name));
    }

    @Test
    void patternOfManyStarsIsMatchedInTime() {
        assertFalse(Wildcards.match("*a".repeat(100) + "b", "a".repeat(5_000)));
    }

    private void assertRefused(String reason, String path) {
        assertEquals(
                reason, assertInstanceOf(Source.Refused.class, host.read(path)).reason());
    }
}
