package org.emperor.jail;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.emperor.lang.Problem;
import org.emperor.realm.ManualClock;
import org.emperor.realm.Moment;
import org.emperor.spec.Accounts;
import org.emperor.spec.Identity;
import org.emperor.spec.Option;
import org.emperor.spec.VassalSpec;

/** A platform without a kernel; its plans only execute the program. */
public final class FakePlatform implements Platform {
    private static final Identity ROOT = new Identity("root", 0, 0, List.of(0), "/root", "/bin/sh");

    private final ManualClock clock;
    private final FakeBackend backend;
    private final FakeFileWatch fileWatch = new FakeFileWatch();
    private final FakeOutputs outputs = new FakeOutputs();

    public FakePlatform(ManualClock clock, FakeBackend backend) {
        this.clock = clock;
        this.backend = backend;
    }

    public FakeFileWatch fileWatch() {
        return fileWatch;
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public boolean isHere() {
        return true;
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public List<Problem> check(VassalSpec spec, HostFacts facts) {
        return List.of();
    }

    @Override
    public HostFacts usualFacts() {
        return new HostFacts(name(), Map.of());
    }

    @Override
    public HostFacts probe() {
        return usualFacts();
    }

    @Override
    public JailPlan plan(VassalSpec spec, HostFacts facts, Seat seat) {
        String path = spec.program().argv().get(0);
        Step exec = new Step(
                Section.INIT,
                Step.Kind.CALL,
                "execve(" + Quoted.of(path) + ")",
                "exec " + path,
                0,
                List.of(Arg.text(path), new Arg.Strings(spec.program().argv())),
                Set.of(Step.Flag.EXEC),
                List.of());
        return new JailPlan(
                name(),
                List.of(),
                0,
                "clone()",
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(exec),
                List.of(),
                List.of(),
                false);
    }

    @Override
    public Accounts accounts() {
        return new Accounts() {
            @Override
            public Optional<Identity> user(String nameOrNumber) {
                return nameOrNumber.equals("root") || nameOrNumber.equals("0") ? Optional.of(ROOT) : Optional.empty();
            }

            @Override
            public OptionalInt group(String nameOrNumber) {
                return user(nameOrNumber).isPresent() ? OptionalInt.of(0) : OptionalInt.empty();
            }

            @Override
            public Identity self() {
                return ROOT;
            }
        };
    }

    @Override
    public Host open(HostSettings settings) {
        return new Host() {
            @Override
            public HostFacts facts() {
                return probe();
            }

            @Override
            public JailBackend backend() {
                return backend;
            }

            @Override
            public Outputs outputs() {
                return outputs;
            }

            @Override
            public FileWatch fileWatch() {
                return fileWatch;
            }

            @Override
            public Moment now() {
                return clock.get();
            }

            @Override
            public List<String> leftovers() {
                return List.of();
            }

            @Override
            public void rehearse(VassalSpec spec) {}

            @Override
            public void close() {
                backend.close();
                outputs.close();
                fileWatch.close();
            }
        };
    }
}
