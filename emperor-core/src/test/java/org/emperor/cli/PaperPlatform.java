package org.emperor.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.emperor.jail.Host;
import org.emperor.jail.HostFacts;
import org.emperor.jail.HostSettings;
import org.emperor.jail.HostStep;
import org.emperor.jail.JailPlan;
import org.emperor.jail.PlanRefusal;
import org.emperor.jail.Platform;
import org.emperor.jail.Protection;
import org.emperor.jail.Seat;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.spec.Accounts;
import org.emperor.spec.Form;
import org.emperor.spec.Identity;
import org.emperor.spec.Option;
import org.emperor.spec.VassalSpec;

/** A platform that only plans; it has one key of its own, and refuses the value {@code wrong} and cannot do {@code hard}. */
record PaperPlatform(String name, boolean isHere, String key) implements Platform {

    @Override
    public List<Option> options() {
        return List.of(Option.once(key, Form.TEXT, "", "A key of " + name + "."));
    }

    @Override
    public List<Problem> check(VassalSpec spec, HostFacts facts) {
        return spec.jail().stream()
                .filter(setting -> setting.value().equals("wrong"))
                .map(setting -> new Problem(setting.position(), setting.key(), "is wrong", "write it right"))
                .toList();
    }

    @Override
    public HostFacts usualFacts() {
        return new HostFacts(name, Map.of("kernel", "usual"));
    }

    @Override
    public HostFacts probe() {
        return new HostFacts(name, Map.of("kernel", "6.1", "cgroup", "v2"));
    }

    @Override
    public JailPlan plan(VassalSpec spec, HostFacts facts, Seat seat) {
        if (spec.jail().stream().anyMatch(setting -> setting.value().equals("hard"))) {
            throw new PlanRefusal("this host has no " + key);
        }
        return new JailPlan(
                name,
                List.of(HostStep.directory(seat.fifo().toString())),
                0,
                "clone(" + facts.text("kernel") + ")",
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    @Override
    public List<Protection> protections(VassalSpec spec, HostFacts facts) {
        Setting asked = spec.jail().get(0);
        return List.of(
                new Protection("wall", Protection.State.ON, asked.value(), key + " at " + asked.position()),
                new Protection("moat", Protection.State.PARTLY, "dry in summer", "nobody asked for more"),
                new Protection("guard", Protection.State.OFF, "", "write " + key + " = guard"));
    }

    @Override
    public Accounts accounts() {
        if (!isHere) {
            throw new IllegalStateException("another host's accounts");
        }
        Identity root = new Identity("root", 0, 0, List.of(0), "/root", "/bin/sh");
        return new Accounts() {
            @Override
            public Optional<Identity> user(String nameOrNumber) {
                return Optional.of(root).filter(user -> user.user().equals(nameOrNumber));
            }

            @Override
            public OptionalInt group(String nameOrNumber) {
                return OptionalInt.empty();
            }

            @Override
            public Identity self() {
                return root;
            }
        };
    }

    @Override
    public Host open(HostSettings settings) {
        throw new UnsupportedOperationException("paper");
    }
}
