package org.emperor.log;

import static org.emperor.log.LogScene.WEB;
import static org.emperor.log.LogScene.WEB_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.emperor.realm.IncarnationId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counts of a vassal last as long as the vassal, and no longer, whatever of its output is still to be written. */
class LogCountersTest {
    private static final LogCounts NOTHING = new LogCounts(0, 0, 0);
    private static final Duration SWEEP = Duration.ofSeconds(10);

    @TempDir
    Path root;

    private Path directory;
    private LogScene scene;

    @BeforeEach
    void reign() throws IOException {
        directory = Files.createDirectory(root.resolve("log"));
        scene = new LogScene(clock -> LogTarget.directory(directory, clock));
        scene.output(WEB_1, "one\n").write();
    }

    private void passSweeps(int many) {
        for (int i = 0; i < many; i++) {
            scene.pass(SWEEP);
        }
    }

    @Test
    void countsOfAVassalThatIsThereStay() {
        passSweeps(5);
        assertEquals(new LogCounts(4, 0, 0), scene.counters.of(WEB));
    }

    @Test
    void vassalThatComesBackAfterItWasGoneCountsFromZero() {
        scene.end(WEB_1);
        scene.there.clear();
        passSweeps(2);
        assertEquals(NOTHING, scene.counters.of(WEB));
        scene.there.add(WEB);
        scene.output(new IncarnationId(WEB, 2), "first\n").write();
        passSweeps(2);
        assertEquals(new LogCounts(6, 0, 0), scene.counters.of(WEB));
    }

    @Test
    void outputThatIsWrittenWhenItsVassalIsGoneIsNoCountForEver() {
        scene.there.clear();
        passSweeps(2);
        scene.output(WEB_1, "last words").end(WEB_1).write();
        assertEquals(new LogCounts(10, 0, 0), scene.counters.of(WEB));
        passSweeps(2);
        assertEquals(NOTHING, scene.counters.of(WEB));
    }

    @Test
    void faultOfALogWhoseVassalIsGoneIsCountedWhileItLasts() throws IOException {
        Path log = directory.resolve("web.log");
        Files.delete(log);
        Files.createDirectory(log);
        scene.pass(SWEEP).output(WEB_1, "two\n").write();
        scene.there.clear();
        passSweeps(3);
        assertEquals(new LogCounts(4, 4, 4), scene.counters.of(WEB));
        Files.delete(log);
        passSweeps(3);
        assertEquals(NOTHING, scene.counters.of(WEB));
    }

    @Test
    void vassalThatIsNotKnownYetKeepsItsFirstCounts() {
        scene.there.clear();
        scene.output(new IncarnationId(WEB, 2), "first\n").pass(SWEEP);
        scene.there.add(WEB);
        passSweeps(3);
        assertEquals(new LogCounts(10, 0, 0), scene.counters.of(WEB));
    }
}
