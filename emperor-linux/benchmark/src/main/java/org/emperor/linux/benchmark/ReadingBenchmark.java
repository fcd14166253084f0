package org.emperor.linux.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.emperor.lang.HostSurroundings;
import org.emperor.lang.RegularFile;
import org.emperor.lang.Surroundings;
import org.emperor.linux.LinuxPlatform;
import org.emperor.spec.OptionTable;
import org.emperor.spec.Options;
import org.emperor.spec.SpecReader;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalName;

/** How long the emperor takes to read vassal files into specs, on one thread, from a warm file cache. */
final class ReadingBenchmark {
    private static final int FILES = 10_000;
    private static final int WARM_UP = 2;
    private static final String NOTE = """
            %d files from disk to specs, after %d rounds of warm-up, on one thread. Plain: eight settings and comments. With language:
            placeholders, a test, a loop, and an include beside it.""".formatted(FILES, WARM_UP);

    private static final String PLAIN = """
            # the web server of the shop
            [vassal]
            exec = /usr/bin/python3 -m http.server 8080
            clone = fs,ipc,uts,pid
            hostname = shop
            env = MODE=live
            env = REGION=north
            chdir = /srv
            stop-signal = INT
            stop-grace = 5s
            """;

    private static final String LANGUAGE = """
            [vassal]
            name = %n
            port = 8000
            include = common.ini
            exec = /usr/bin/python3 -m http.server %(port)
            hostname = %(name)
            if-env = PATH
            env = HAS_PATH=yes
            endif =
            for = north south
            env = REGION_%(_)=%(port + 1)
            endfor =
            """;

    private final Path scratch;

    ReadingBenchmark(Path scratch) {
        this.scratch = scratch;
    }

    Table run(int rounds) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("plain", PLAIN, rounds));
        rows.add(row("with language", LANGUAGE, rounds));
        return new Table("Reading", NOTE, List.of("files", "median s", "worst s", "budget"), rows);
    }

    private List<String> row(String title, String content, int rounds) throws IOException {
        Path directory = Files.createDirectory(scratch.resolve("reading-" + title.replace(' ', '-')));
        Files.writeString(directory.resolve("common.ini"), "[vassal]\nclone = fs,ipc,uts,pid\nstop-grace = 5s\n");
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            files.add(Files.write(directory.resolve("v" + i + ".ini"), content.getBytes(StandardCharsets.UTF_8)));
        }
        long[] times = new long[rounds];
        for (int round = -WARM_UP; round < rounds; round++) {
            long begin = System.nanoTime();
            read(files);
            if (round >= 0) {
                times[round] = System.nanoTime() - begin;
            }
        }
        Arrays.sort(times);
        long median = times[rounds / 2];
        return List.of(
                title,
                Numbers.seconds(median),
                Numbers.seconds(times[rounds - 1]),
                Budget.value(2, "s").verdict(median / 1e9));
    }

    private static void read(List<Path> files) {
        LinuxPlatform platform = new LinuxPlatform();
        SpecReader reader = new SpecReader(
                new OptionTable(Options.portable(), platform.options(), Map.of()),
                platform.accounts(),
                List.of(),
                new HostSurroundings(() -> {
                    throw new IllegalStateException("no file here asks");
                }));
        for (Path file : files) {
            byte[] content = ((Surroundings.Source.Content) RegularFile.read(file)).bytes();
            SpecResult result = reader.read(new VassalName("bench"), file.toString(), content);
            if (!(result instanceof SpecResult.Accepted)) {
                throw new IllegalStateException("refused: " + result);
            }
        }
    }
}
