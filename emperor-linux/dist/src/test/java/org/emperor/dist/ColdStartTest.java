package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a start does not do before the first vassal runs: each of these costs it milliseconds. */
@Tag("kernel")
class ColdStartTest {
    private static final String FIRST_REPORT = "org.emperor.linux.sys.ControlSocket$Report";

    @Test
    void nothingIsLoadedForTheFirstLaunchThatItCanDoWithout() throws IOException {
        Place place = new Place();
        Path log = place.path().resolve("classes.log");
        List<String> java = new ArrayList<>(RunningEmperor.java());
        java.add(1, "-Xlog:class+load:file=" + log + "::filecount=0");
        place.drop("first", "exec = /bin/sleep 1000");
        try (RunningEmperor emperor = RunningEmperor.ready(RunningEmperor.launch(place, java))) {
            emperor.untilRunning("first");
            emperor.stop();

            List<String> loaded = Files.readAllLines(log).stream()
                    .map(line -> line.replaceAll("^(\\[[^]]*\\])+ ", "").split(" ", -1)[0])
                    .toList();
            int launched = loaded.indexOf(FIRST_REPORT);
            assertTrue(launched > 0, "jail-init has reported");
            List<String> needless = loaded.subList(0, launched).stream()
                    .filter(ColdStartTest::isNeedless)
                    .toList();
            assertEquals(List.of(), needless);
        }
    }

    /** Records whose equals or hashCode javac has left to the first use; libraries of formats, of HTTP and of metrics. */
    private static boolean isNeedless(String name) {
        return name.equals("java.lang.runtime.ObjectMethods")
                || name.startsWith("com.fasterxml.")
                || name.startsWith("io.netty.")
                || name.startsWith("io.micrometer.")
                || name.startsWith("picocli.");
    }
}
