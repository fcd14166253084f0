package org.emperor.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
class CrashLooperTest {

    @TempDir
    Path place;

    @Test
    void eachNextLaunchWaitsLongerAndNobodyElseNotices() throws Exception {
        try (Reign reign = Reign.begin(place)) {
            reign.install("ticker");
            reign.awaitFrom("ticker", "tick 1: .*");
            reign.install("crash-looper");
            List<Double> waits = new ArrayList<>();
            for (int launch = 1; launch <= 4; launch++) {
                waits.add(milliseconds(reign.await("vassal crash-looper died: exit code 1 after [0-9.]+ m?s; "
                        + "next attempt in ([0-9.]+) (m?s) .*incarnation=" + launch)));
            }
            // Each wait is jittered by a quarter at most, and the next one's base is twice as long.
            for (int i = 1; i < waits.size(); i++) {
                assertTrue(waits.get(i) > waits.get(i - 1), () -> "waits in ms: " + waits);
            }
            reign.awaitFrom("ticker", "tick [0-9]+: .*");
        }
    }

    private static double milliseconds(MatchResult wait) {
        return Double.parseDouble(wait.group(1)) * (wait.group(2).equals("s") ? 1000 : 1);
    }
}
