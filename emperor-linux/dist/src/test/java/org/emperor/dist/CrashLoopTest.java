package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of vassals that die again and again. */
@Tag("kernel")
class CrashLoopTest {
    private static final Pattern LAUNCHING = Pattern.compile("(\\S+) DEBUG launching vassal=(\\S+) .*");

    private static RunningEmperor emperor;

    @BeforeAll
    static void start() {
        emperor = RunningEmperor.start();
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    /** The times between the launches of a vassal, as the log tells them. */
    private static List<Duration> pauses(String vassal) {
        List<Instant> launches = emperor.place().log().stream()
                .map(LAUNCHING::matcher)
                .filter(Matcher::matches)
                .filter(line -> line.group(2).equals(vassal))
                .map(line -> Instant.parse(line.group(1)))
                .toList();
        return IntStream.range(1, launches.size())
                .mapToObj(i -> Duration.between(launches.get(i - 1), launches.get(i)))
                .toList();
    }

    private static int failures(JsonNode shown) {
        return shown.get("failures").intValue();
    }

    @Test
    void pausesGrowAndAnEditBeginsAnew() {
        emperor.drop("crashing", "exec = " + emperor.probe("exit:1"));
        emperor.untilShown("crashing", "with five failures", shown -> failures(shown) >= 5);

        // Doubling with a fifth of jitter either way: each pause is at least 1.3 of the one before.
        List<Duration> pauses = pauses("crashing");
        assertTrue(pauses.get(0).compareTo(Duration.ofMillis(195)) >= 0, pauses.toString());
        for (int i = 1; i < pauses.size(); i++) {
            assertTrue(pauses.get(i).toMillis() > 1.3 * pauses.get(i - 1).toMillis() - 20, pauses.toString());
        }
        emperor.untilShown(
                "crashing",
                "waiting, with when and why",
                shown -> shown.get("next_attempt").isTextual()
                        && shown.get("reason").textValue().matches("[0-9]+ faults in a row: exit code 1"));

        emperor.drop("crashing", "exec = " + emperor.probe("line:4", "exit:2"));
        emperor.untilSaid("crashing", "llll");
        emperor.untilShown("crashing", "with few failures", shown -> failures(shown) <= 2 && failures(shown) >= 1);
        emperor.dismiss("crashing");
    }

    @Test
    void loyalVassalThatDiesIsBackAtOnce() {
        emperor.drop("loyal", "exec = " + emperor.probe("stay"), "loyal-after = 50ms");
        emperor.untilShown("loyal", "loyal", shown -> shown.get("loyal").booleanValue());
        Host.signal("KILL", emperor.pid("loyal"));

        emperor.untilRunning("loyal", 2);
        emperor.untilLogged("vassal loyal died: signal 9", "next attempt at once");
        assertEquals(0, failures(emperor.shown("loyal")));
        emperor.dismiss("loyal");
    }

    @Test
    void crasherThatIsRemovedWhileItWaitsNeverComesBack() {
        emperor.drop("doomed", "exec = " + emperor.probe("exit:1"));
        emperor.untilShown("doomed", "waiting", shown -> failures(shown) >= 2);
        emperor.dismiss("doomed");
        int launches = pauses("doomed").size();

        // Another's three failures take longer than its next attempt would have.
        emperor.drop("other", "exec = " + emperor.probe("exit:1"));
        emperor.untilShown("other", "with four failures", shown -> failures(shown) >= 4);
        assertEquals(launches, pauses("doomed").size());
        emperor.dismiss("other");
    }

    @Test
    void crashersNeverHoldUpOthers() {
        List<String> crashers =
                IntStream.range(0, 30).mapToObj(i -> "crasher" + i).toList();
        crashers.forEach(crasher -> emperor.drop(crasher, "exec = " + emperor.probe("exit:1")));
        emperor.drop("calm", "exec = " + emperor.probe("stay"));

        emperor.untilRunning("calm");
        crashers.forEach(crasher -> emperor.untilShown(crasher, "failed twice", shown -> failures(shown) >= 2));
        assertEquals(1, emperor.shown("calm").get("launches").intValue());
        emperor.dismiss(crashers.toArray(String[]::new));
        emperor.dismiss("calm");
    }
}
