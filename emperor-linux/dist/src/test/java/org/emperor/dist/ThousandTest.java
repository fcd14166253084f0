package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thousand vassals come, die and go; what they cost the emperor comes and goes with them. */
@Tag("kernel")
class ThousandTest {
    private static final List<String> THOUSAND =
            IntStream.range(0, 1000).mapToObj(i -> "v" + i).toList();

    private static RunningEmperor emperor;

    @BeforeAll
    static void start() {
        emperor = RunningEmperor.start();
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    /** What the emperor holds, after all that it loads once is loaded. */
    private record Cost(int descriptors, int threads, int cgroups) {
        static Cost now() {
            return new Cost(
                    Host.descriptors(emperor.pid()),
                    Host.threads(emperor.pid()),
                    emperor.place().cgroups().size());
        }

        boolean isAtMost(Cost other) {
            return descriptors <= other.descriptors && threads <= other.threads && cgroups <= other.cgroups;
        }
    }

    private static Set<Integer> running() {
        return Set.copyOf(Host.processes(
                pid -> Host.link(pid, "exe").equals(emperor.place().path() + "/probe")));
    }

    private static long shownRunning() {
        return emperor.vassals().stream()
                .filter(vassal -> vassal.get("state").textValue().equals("running"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fs,net,ipc,uts,pid"})
    void thousandVassalsRunComeBackAndGo(String clone) {
        String jail = clone.isEmpty() ? "" : "clone = " + clone;
        String first = clone.isEmpty() ? "warmup" : "warmup-jailed"; // a log of its own
        emperor.drop(first, "exec = " + emperor.probe("heed", "stay"), jail);
        emperor.untilSaid(first, "heeding");
        emperor.dismiss(first);
        if (clone.contains("net")) {
            emperor.until("its namespaces are made ahead", () -> Host.networks(emperor.pid()) >= 5);
        }
        Cost before = Cost.now();

        THOUSAND.forEach(vassal -> emperor.drop(vassal, "exec = " + emperor.probe("stay"), jail, "loyal-after = 10ms"));
        emperor.until("a thousand run", () -> running().size() == 1000);
        emperor.until("all are shown as running", () -> shownRunning() == 1000);
        assertTrue(Cost.now().descriptors() >= 1000, "each costs a descriptor: " + Cost.now());

        Set<Integer> killed = running();
        Host.signal("KILL", List.copyOf(killed));
        emperor.until("a thousand others run", () -> {
            Set<Integer> second = new HashSet<>(running());
            return second.size() == 1000 && second.stream().noneMatch(killed::contains);
        });
        emperor.until("all are shown as running again", () -> shownRunning() == 1000);
        emperor.vassals().forEach(vassal -> assertEquals(1, vassal.get("deaths").intValue(), vassal.toString()));

        THOUSAND.forEach(emperor::remove);
        emperor.until("nobody is known any more", () -> emperor.vassals().isEmpty());
        assertEquals(List.of(), emperor.place().jailed());
        emperor.until("the emperor holds what it held: " + before + ", not " + Cost.now(), () -> Cost.now()
                .isAtMost(before));
        assertEquals(0, emperor.api().get("emperor").get("defects").intValue());
    }
}
