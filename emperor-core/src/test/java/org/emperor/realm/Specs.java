package org.emperor.realm;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.emperor.spec.Backoff;
import org.emperor.spec.Identity;
import org.emperor.spec.Life;
import org.emperor.spec.Limits;
import org.emperor.spec.Priority;
import org.emperor.spec.Program;
import org.emperor.spec.Restart;
import org.emperor.spec.Signal;
import org.emperor.spec.StopStep;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;

/** Specs and terms for tests. */
public final class Specs {
    public static final Life LIFE =
            life(Duration.ofSeconds(10), true, Duration.ofSeconds(1), Duration.ofSeconds(30), Restart.ALWAYS);

    public static final RespawnPolicy PATIENT =
            new RespawnPolicy(Duration.ofMillis(250), 2, Duration.ofSeconds(60), 0, OptionalInt.empty());

    private Specs() {}

    /** Asked to end by TERM; it dies with the emperor. */
    public static Life life(Duration grace, boolean reloadOnTouch, Duration loyal, Duration start, Restart restart) {
        List<StopStep> stop = List.of(new StopStep(Signal.TERM, grace));
        return new Life(stop, Optional.empty(), reloadOnTouch, loyal, start, true, restart);
    }

    public static Life restarting(Restart restart) {
        return life(Duration.ofSeconds(10), true, Duration.ofSeconds(1), Duration.ofSeconds(30), restart);
    }

    /** As LIFE, with HUP as its reload signal. */
    public static Life reloading() {
        return new Life(
                LIFE.stopSequence(),
                Optional.of(Signal.HUP),
                true,
                LIFE.loyalAfter(),
                LIFE.startTimeout(),
                true,
                Restart.ALWAYS);
    }

    public static Program program(String... argv) {
        return new Program(
                List.of(argv),
                Optional.empty(),
                Map.of(),
                Set.of(),
                Program.Init.RESIDENT,
                Program.STANDARD_UMASK,
                Priority.STANDARD);
    }

    public static VassalSpec spec(String name, String... argv) {
        return spec(name, LIFE, argv);
    }

    /** It runs once. */
    public static VassalSpec once(String name) {
        Restart never = new Restart(Restart.When.NEVER, List.of(0), List.of(), Backoff.STANDARD);
        return spec(name, restarting(never));
    }

    public static VassalSpec spec(String name, Life life, String... argv) {
        String[] words = argv.length == 0 ? new String[] {"/bin/sleep", "1000"} : argv;
        return new VassalSpec(
                new VassalName(name),
                "/etc/vassals/" + name + ".ini",
                program(words),
                new Identity("root", 0, 0, List.of(0), "/root", "/bin/sh"),
                life,
                Limits.NONE,
                new TreeMap<>(),
                List.of(),
                Map.of(),
                String.join(" ", words) + life);
    }

    /** Replaced by an overlapping reload once the next says that it is ready, which it must within 5 s. */
    public static Terms overlapping(VassalSpec spec) {
        Terms plain = Terms.of(spec, PATIENT);
        return new Terms(spec, Terms.Reload.OVERLAP, Optional.of(Duration.ofSeconds(5)), plain.stopSequence(), PATIENT);
    }

    public static Terms restarting(VassalSpec spec) {
        return Terms.of(spec, PATIENT);
    }
}
