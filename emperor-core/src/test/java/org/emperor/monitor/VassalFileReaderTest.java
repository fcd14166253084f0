package org.emperor.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.emperor.lang.FakeSurroundings;
import org.emperor.lang.Problem;
import org.emperor.spec.Endings;
import org.emperor.spec.OptionTable;
import org.emperor.spec.Options;
import org.emperor.spec.SpecReader;
import org.emperor.spec.SpecResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be named like a vassal file and what is in it; nothing of it may make the reader wait (C22, D08). */
@Timeout(30)
class VassalFileReaderTest {
    @TempDir
    Path directory;

    private final ChoosyPlatform platform = new ChoosyPlatform();
    private VassalFileReader reader;

    @BeforeEach
    void read() {
        OptionTable table = new OptionTable(Options.portable(), platform.options(), Map.of());
        reader = new VassalFileReader(
                new SpecReader(table, platform.accounts(), List.of(), new FakeSurroundings()),
                Endings.with(List.of(".vassal")),
                spec -> platform.check(spec, platform.usualFacts()));
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private String problems(Path file) {
        SpecResult.Refused refused = assertInstanceOf(SpecResult.Refused.class, reader.read(file));
        return String.join(
                "\n", refused.problems().stream().map(Problem::toString).toList());
    }

    @Test
    void goodFileIsASpecNamedLikeTheFile() throws IOException {
        Path file = file("web.ini", "[vassal]\nexec = /bin/true\n");
        SpecResult.Accepted accepted = assertInstanceOf(SpecResult.Accepted.class, reader.read(file));
        assertEquals("web", accepted.spec().name().text());
        assertEquals(file.toString(), accepted.spec().file());
    }

    @Test
    void fileOfAnAddedEndingIsReadAsIni() throws IOException {
        Path file = file("web.vassal", "[vassal]\nexec = /bin/%n %e\n");
        SpecResult.Accepted accepted = assertInstanceOf(SpecResult.Accepted.class, reader.read(file));
        assertEquals("web", accepted.spec().name().text());
        assertEquals(List.of("/bin/web", "vassal"), accepted.spec().program().argv());
        assertEquals(
                file("web.other", "").getFileName() + ": not the name of a vassal file; name it <vassal>.ini",
                problems(directory.resolve("web.other")).replace(directory + "/", ""));
    }

    @Test
    void platformHasItsSay() throws IOException {
        Path file = file("web.ini", "[vassal]\nexec = /bin/true\nmoat = dry\n");
        assertEquals(file + ":3:8: moat: must be wet", problems(file));
    }

    @Test
    void problemsOfTheFileComeTogether() throws IOException {
        String problems = problems(file("web.ini", "[vassal]\nexec =\nno-such-key = 1\nstop-grace = soon\n"));
        assertEquals(3, problems.lines().count(), problems);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yml  | 'vassal:\n  exec: /bin/true\n  moat: dry\n'                | 3:9",
                "yaml | 'vassal: {exec: /bin/true, moat: dry}'                      | 1:33",
                "json | '{\"vassal\": {\"exec\": \"/bin/true\", \"moat\": \"dry\"}}'   | 1:43",
                "js   | '{\"vassal\": {\"exec\": \"/bin/true\",\n\"moat\":\"dry\"}}'    | 2:9",
                "xml  | '<vassal><exec>/bin/true</exec>\n <moat>dry</moat></vassal>' | 2:8",
                "toml | '[vassal]\nexec = \"/bin/true\"\nmoat = \"dry\"\n'            | 3:9",
            })
    void everyFormatIsReadWithItsPositions(String extension, String content, String position) throws IOException {
        Path file = file("web." + extension, content.replace("\\n", "\n"));
        assertEquals(file + ":" + position + ": moat: must be wet", problems(file));
    }

    @Test
    void namesThatAreNoVassalsAreRefusedAndEscaped() throws IOException {
        assertEquals(
                directory + "/a\\u001bb.ini: not a vassal's name; use 1 to 64 of A-Z a-z 0-9 _ @ . : + -"
                        + " before the extension, the first not a dot",
                problems(file("a\u001bb.ini", "")));
        assertEquals(
                directory + "/web.conf: not the name of a vassal file; name it <vassal>.ini",
                problems(file("web.conf", "")));
        assertEquals(1, problems(file("x".repeat(65) + ".ini", "")).lines().count());
    }

    @Test
    void fifoIsRefusedWithoutWaiting() throws Exception {
        Path fifo = directory.resolve("web.ini");
        Process mkfifo =
                new ProcessBuilder("mkfifo", fifo.toString()).inheritIO().start();
        mkfifo.waitFor(10, TimeUnit.SECONDS);
        assertEquals(0, mkfifo.exitValue());
        assertEquals(fifo + ": is a FIFO, not a regular file", problems(fifo));
    }

    @Test
    void socketDirectoryAndDeviceAreRefused() throws IOException {
        Path socket = directory.resolve("web.ini");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertEquals(socket + ": is a socket, not a regular file", problems(socket));
        }
        Path subdirectory = Files.createDirectory(directory.resolve("api.ini"));
        assertEquals(subdirectory + ": is a directory, not a regular file", problems(subdirectory));
        Path device = Files.createSymbolicLink(directory.resolve("db.ini"), Path.of("/dev/zero"));
        assertEquals(device + ": is a device, not a regular file", problems(device));
    }

    @Test
    void linksToNothingAndLoopsSaySo() throws IOException {
        Path dangling = Files.createSymbolicLink(directory.resolve("web.ini"), Path.of("nothing"));
        assertEquals(dangling + ": is a symbolic link to nothing", problems(dangling));
        Path loop = Files.createSymbolicLink(directory.resolve("api.ini"), Path.of("api.ini"));
        assertFalse(problems(loop).isEmpty());
        assertEquals(
                loop
                        + ": cannot be read: Too many levels of symbolic links or unable to access attributes of symbolic link",
                problems(loop));
        assertEquals(directory + "/no.ini: does not exist", problems(directory.resolve("no.ini")));
    }

    @Test
    void fileThatTheKernelMakesUpIsNotReadForItMayMakeItsReaderWait() throws IOException {
        Path file = Files.createSymbolicLink(directory.resolve("web.ini"), Path.of("/proc/self/mem"));
        assertEquals(file + ": is made up by the kernel while it is read", problems(file));
    }

    @Test
    void hugeFileIsRefusedBeforeItIsReadWhole() throws IOException {
        Path file = directory.resolve("web.ini");
        try (var sparse = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(2L << 30);
        }
        assertEquals(file + ": is larger than 1 MiB", problems(file));
    }

    @Test
    void fileOfExactlyTheLargestSizeIsRead() throws IOException {
        String start = "[vassal]\nexec = /bin/true\n";
        Path file = file("web.ini", start + ";" + "x".repeat((1 << 20) - start.length() - 1));
        assertFalse(reader.read(file) instanceof SpecResult.Refused refused
                && refused.problems().toString().contains("larger"));
    }
}
