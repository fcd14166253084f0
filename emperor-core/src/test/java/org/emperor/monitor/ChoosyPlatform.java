package org.emperor.monitor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.emperor.jail.Host;
import org.emperor.jail.HostFacts;
import org.emperor.jail.HostSettings;
import org.emperor.jail.JailPlan;
import org.emperor.jail.Platform;
import org.emperor.jail.Seat;
import org.emperor.lang.Problem;
import org.emperor.spec.Accounts;
import org.emperor.spec.Form;
import org.emperor.spec.Identity;
import org.emperor.spec.Option;
import org.emperor.spec.VassalSpec;

/** A platform that knows one key, {@code moat}, and refuses every value of it but {@code wet}. */
final class ChoosyPlatform implements Platform, Accounts {
    private static final Identity ROOT = new Identity("root", 0, 0, List.of(0), "/root", "/bin/sh");

    @Override
    public String name() {
        return "choosy";
    }

    @Override
    public boolean isHere() {
        return true;
    }

    @Override
    public List<Option> options() {
        return List.of(Option.once("moat", Form.TEXT, "", "What is around the jail."));
    }

    @Override
    public List<Problem> check(VassalSpec spec, HostFacts facts) {
        return spec.jail().stream()
                .filter(setting -> !setting.value().equals("wet"))
                .map(setting -> new Problem(setting.position(), setting.key(), "must be wet", ""))
                .toList();
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
        throw new UnsupportedOperationException();
    }

    @Override
    public Accounts accounts() {
        return this;
    }

    @Override
    public Host open(HostSettings settings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Identity> user(String nameOrNumber) {
        return Optional.of(ROOT);
    }

    @Override
    public OptionalInt group(String nameOrNumber) {
        return OptionalInt.of(0);
    }

    @Override
    public Identity self() {
        return ROOT;
    }
}
