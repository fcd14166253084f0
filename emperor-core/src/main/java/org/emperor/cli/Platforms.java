package org.emperor.cli;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.emperor.jail.HostFacts;
import org.emperor.jail.Platform;
import org.emperor.jail.Visits;
import org.emperor.lang.HostSurroundings;
import org.emperor.lang.Surroundings;
import org.emperor.monitor.VassalFileReader;
import org.emperor.spec.Accounts;
import org.emperor.spec.Option;
import org.emperor.spec.OptionTable;
import org.emperor.spec.Options;
import org.emperor.spec.SpecReader;

/** The operating systems this build knows. */
final class Platforms {
    private final List<Platform> all;

    /** Those installed, for a help text. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return installed().all.stream().map(Platform::name).iterator();
        }
    }

    Platforms(List<Platform> all) {
        this.all = List.copyOf(all);
    }

    static Platforms installed() {
        return new Platforms(ServiceLoader.load(Platform.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** @throws CommandFailure if this process runs on none of them */
    Platform here() {
        return all.stream()
                .filter(Platform::isHere)
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.HOST_REFUSED,
                        "cannot build jails on " + System.getProperty("os.name") + "; platforms here: " + names()));
    }

    /** @throws CommandFailure if there is none of that name */
    Platform named(String name) {
        return all.stream()
                .filter(platform -> platform.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE, "no platform \"" + Printable.of(name) + "\"; platforms here: " + names()));
    }

    /** Reads vassal files for a platform as it usually is, or for this host; users and groups are always those of this host. */
    VassalFileReader reader(Platform platform, RunSettings settings) {
        return reader(platform, platform.isHere() ? platform.probe() : platform.usualFacts(), settings);
    }

    VassalFileReader reader(Platform platform, HostFacts facts, RunSettings settings) {
        OptionTable table = table(platform);
        Accounts accounts = here().accounts();
        Surroundings surroundings = new HostSurroundings(() -> ProcessFacts.of(accounts.self()));
        SpecReader specs = new SpecReader(table, accounts, settings.defaults(), surroundings);
        return new VassalFileReader(specs, settings.endings(), spec -> platform.check(spec, facts));
    }

    /** The keys that a vassal file may have on a platform. */
    OptionTable table(Platform platform) {
        return new OptionTable(Options.portable(), platform.options(), foreign(platform));
    }

    /** @throws CommandFailure if jails of this host cannot be looked into */
    Visits visits() {
        return here().visits()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.HOST_REFUSED, "cannot look into jails on " + System.getProperty("os.name")));
    }

    private Map<String, String> foreign(Platform platform) {
        Map<String, String> foreign = new HashMap<>();
        all.stream().filter(other -> other != platform).forEach(other -> other.options()
                .forEach(option -> foreign.putIfAbsent(option.key(), nameOf(option, other))));
        return foreign;
    }

    private static String nameOf(Option option, Platform platform) {
        return option.platform().isEmpty() ? platform.name() : option.platform();
    }

    private String names() {
        return all.isEmpty() ? "none" : all.stream().map(Platform::name).collect(Collectors.joining(", "));
    }
}
