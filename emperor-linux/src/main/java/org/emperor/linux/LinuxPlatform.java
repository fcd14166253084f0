package org.emperor.linux;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emperor.jail.Host;
import org.emperor.jail.HostFacts;
import org.emperor.jail.HostSettings;
import org.emperor.jail.JailPlan;
import org.emperor.jail.Platform;
import org.emperor.jail.Protection;
import org.emperor.jail.Seat;
import org.emperor.jail.Visits;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.linux.plan.ErrandPlanner;
import org.emperor.linux.plan.Filters;
import org.emperor.linux.plan.LinuxFacts;
import org.emperor.linux.plan.LinuxOptions;
import org.emperor.linux.plan.LinuxPlanner;
import org.emperor.linux.plan.Protections;
import org.emperor.linux.plan.ShownSettings;
import org.emperor.linux.sys.UserDatabase;
import org.emperor.spec.Accounts;
import org.emperor.spec.Option;
import org.emperor.spec.VassalSpec;

/** Linux: jails are namespaces, cgroups and a resident jail-init. */
public final class LinuxPlatform implements Platform {

    @Override
    public String name() {
        return "linux";
    }

    @Override
    public boolean isHere() {
        return System.getProperty("os.name").equals("Linux");
    }

    @Override
    public List<Option> options() {
        return LinuxOptions.table();
    }

    @Override
    public List<Problem> check(VassalSpec spec, HostFacts facts) {
        return LinuxPlanner.check(spec, facts, filters());
    }

    @Override
    public HostFacts usualFacts() {
        return LinuxFacts.usual().toFacts();
    }

    @Override
    public HostFacts probe() {
        return HostProbe.probe().toFacts();
    }

    @Override
    public JailPlan plan(VassalSpec spec, HostFacts facts, Seat seat) {
        return LinuxPlanner.plan(spec, facts, seat, filters());
    }

    @Override
    public Map<String, JailPlan> errands(VassalSpec spec, HostFacts facts, Seat seat) {
        return ErrandPlanner.preview(spec, facts, seat);
    }

    @Override
    public List<Setting> shown(VassalSpec spec, List<Setting> settings) {
        return ShownSettings.of(spec, settings);
    }

    /** Elsewhere a plan is only shown: what is asked for is known without the library that makes it. */
    private Filters filters() {
        return isHere()
                ? SeccompFilters.HERE
                : request -> List.of(
                        new Filters.Filter(new byte[0], request.profile().name()));
    }

    @Override
    public List<Protection> protections(VassalSpec spec, HostFacts facts) {
        return Protections.of(spec, facts);
    }

    @Override
    public Accounts accounts() {
        return new UserDatabase();
    }

    @Override
    public Optional<Visits> visits() {
        return Optional.of(new LinuxVisits());
    }

    @Override
    public Host open(HostSettings settings) {
        return LinuxHost.open(settings);
    }
}
