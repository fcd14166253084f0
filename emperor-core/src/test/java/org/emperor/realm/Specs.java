package org.emperor.realm;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.emperor.spec.Identity;
import org.emperor.spec.Life;
import org.emperor.spec.Limits;
import org.emperor.spec.Program;
import org.emperor.spec.Signal;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;

/** Specs and terms for tests. */
public final class Specs {
    public static final Life LIFE =
            new Life(Signal.TERM, Duration.ofSeconds(10), true, Duration.ofSeconds(1), Duration.ofSeconds(30), true);

    public static final RespawnPolicy PATIENT =
            new RespawnPolicy(Duration.ofMillis(250), Duration.ofSeconds(60), 0, OptionalInt.empty());

    private Specs() {}

    public static VassalSpec spec(String name, String... argv) {
        return spec(name, LIFE, argv);
    }

    public static VassalSpec spec(String name, Life life, String... argv) {
        List<String> words = argv.length == 0 ? List.of("/bin/sleep", "1000") : List.of(argv);
        return new VassalSpec(
                new VassalName(name),
                "/etc/vassals/" + name + ".ini",
                new Program(words, Optional.empty(), Map.of(), Program.Init.RESIDENT),
                new Identity("root", 0, 0, List.of(0), "/root", "/bin/sh"),
                life,
                new Limits(OptionalLong.empty()),
                List.of(),
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
