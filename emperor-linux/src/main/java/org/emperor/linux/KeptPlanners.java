package org.emperor.linux;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.emperor.jail.HostFacts;
import org.emperor.jail.JailPlan;
import org.emperor.jail.PlanEncoder;
import org.emperor.jail.Seat;
import org.emperor.linux.plan.LaunchNeeds;
import org.emperor.linux.plan.LinuxPlanner;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;

/**
 * Plans launches with the filters that this host's library compiles, and keeps the planners of the vassals launched last:
 * who dies and is launched again has most of its plan already. Any launch thread calls it.
 */
final class KeptPlanners implements LaunchSequence.Planner {
    /** Of up to 150 KiB each, and twice what its spec says. */
    private static final int MOST = 64;

    private static final int HEAVIEST = 64 << 10; // characters

    private final Map<VassalName, LinuxPlanner> planners = new ConcurrentHashMap<>();

    @Override
    public LaunchNeeds needs(VassalSpec spec, HostFacts facts, List<String> joined) {
        return planner(spec, facts).needs(joined);
    }

    @Override
    public JailPlan plan(VassalSpec spec, HostFacts facts, Seat seat) {
        return planner(spec, facts).plan(seat);
    }

    @Override
    public byte[] encode(VassalSpec spec, JailPlan plan) {
        LinuxPlanner known = planners.get(spec.name());
        return known == null ? PlanEncoder.encode(plan) : known.encoded(plan);
    }

    private LinuxPlanner planner(VassalSpec spec, HostFacts facts) {
        LinuxPlanner known = planners.get(spec.name());
        if (known != null && known.isOf(spec, facts)) {
            return known;
        }
        if (spec.weight() > HEAVIEST) {
            planners.remove(spec.name());
            return new LinuxPlanner(spec, facts, SeccompFilters.HERE);
        }
        if (planners.size() >= MOST) {
            planners.clear();
        }
        LinuxPlanner fresh = new LinuxPlanner(spec, facts, SeccompFilters.HERE);
        planners.put(spec.name(), fresh);
        return fresh;
    }
}
