package org.emperor.linux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.emperor.lang.Position;
import org.emperor.lang.Setting;
import org.emperor.realm.Specs;
import org.emperor.spec.Identity;
import org.emperor.spec.Limits;
import org.emperor.spec.Priority;
import org.emperor.spec.Program;
import org.emperor.spec.Restart;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;

/** A spec in the making, for tests: a program, and as much jail as the test says. */
final class Sample {
    private final String name;
    private List<String> argv = List.of("/bin/sleep", "1000");
    private Optional<String> directory = Optional.empty();
    private Program.Init init = Program.Init.RESIDENT;
    private Identity identity = new LinuxPlatform().accounts().self();
    private OptionalLong pidsMax = OptionalLong.empty();
    private Duration startTimeout = Duration.ofSeconds(5);
    private final Map<String, String> environment = new HashMap<>();
    private final List<Setting> jail = new ArrayList<>();

    private Sample(String name) {
        this.name = name;
    }

    static Sample of(String name) {
        return new Sample(name);
    }

    Sample exec(String... words) {
        argv = List.of(words);
        return this;
    }

    Sample shell(String script) {
        return exec("/bin/sh", "-c", script);
    }

    Sample in(String path) {
        directory = Optional.of(path);
        return this;
    }

    Sample withoutInit() {
        init = Program.Init.NONE;
        return this;
    }

    Sample as(int uid, int gid) {
        identity = new Identity(Integer.toString(uid), uid, gid, List.of(gid), "/", "/bin/sh");
        return this;
    }

    Sample startsWithin(Duration time) {
        startTimeout = time;
        return this;
    }

    Sample pidsMax(long most) {
        pidsMax = OptionalLong.of(most);
        return this;
    }

    Sample variable(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** A key of Linux jails; an empty value leaves it out. */
    Sample jail(String key, String value) {
        if (!value.isEmpty()) {
            jail.add(new Setting(key, value, Position.of("test")));
        }
        return this;
    }

    VassalSpec spec() {
        return new VassalSpec(
                new VassalName(name),
                name + ".ini",
                new Program(argv, directory, environment, Set.of(), init, Program.STANDARD_UMASK, Priority.STANDARD),
                identity,
                Specs.life(Duration.ofSeconds(1), true, Duration.ofSeconds(1), startTimeout, Restart.ALWAYS),
                new Limits(pidsMax, List.of()),
                new TreeMap<>(),
                jail,
                Map.of(),
                "digest");
    }
}
