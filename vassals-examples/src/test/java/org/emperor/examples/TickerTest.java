package org.emperor.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
class TickerTest {

    @TempDir
    Path place;

    @Test
    void tickerSeesOnlyItsOwnHostNameProcessesAndLoopback() throws Exception {
        try (Reign reign = Reign.begin(place)) {
            reign.install("ticker");
            String tick = reign.awaitFrom("ticker", "tick 1: (.*)").group(1);
            assertEquals("host ticker, pid 2 of parent 1, interfaces: lo", tick.strip());
            reign.awaitFrom("ticker", "tick 2: .*");
        }
    }

    @Test
    void processStartedIsTheEmperorItself() throws Exception {
        try (Reign reign = Reign.begin(place)) {
            reign.install("ticker");
            long ticker = Long.parseLong(reign.await("launched vassal=ticker incarnation=1 pid=([0-9]+)")
                    .group(1));
            ProcessHandle jailInit =
                    ProcessHandle.of(ticker).orElseThrow().parent().orElseThrow();
            assertEquals(reign.pid(), jailInit.parent().orElseThrow().pid());
        }
    }

    @Test
    void touchedFileStartsTheTickerAgain() throws Exception {
        try (Reign reign = Reign.begin(place)) {
            Path file = reign.install("ticker");
            String first = reign.await("launched vassal=ticker incarnation=1 pid=([0-9]+)")
                    .group(1);
            reign.awaitFrom("ticker", "tick 2: .*");
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));
            reign.await("launched vassal=ticker incarnation=2 pid=");
            reign.awaitFrom("ticker", "tick 1: .*");
            assertEquals(false, Files.exists(Path.of("/proc", first)), "the first ticker lives on");
        }
    }
}
