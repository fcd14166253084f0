package org.emperor.jail;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.spec.Accounts;
import org.emperor.spec.Option;
import org.emperor.spec.VassalSpec;

/** One operating system, found by {@link java.util.ServiceLoader}. */
public interface Platform {

    /** {@code linux} or {@code freebsd}. */
    String name();

    /** Whether this process runs on it. */
    boolean isHere();

    /** The keys that belong to this platform's jails. */
    List<Option> options();

    /**
     * What is wrong with the jail settings of a spec, and what the host of these facts can never do of it, each at the place
     * of its key. A spec without a problem has a plan.
     */
    List<Problem> check(VassalSpec spec, HostFacts facts);

    /** Facts of a usual, current host, for plans printed elsewhere. */
    HostFacts usualFacts();

    /** Finds out about this host without changing it. */
    HostFacts probe();

    /**
     * Compiles the plan; pure.
     *
     * @throws PlanRefusal if this host cannot do what the spec asks
     */
    JailPlan plan(VassalSpec spec, HostFacts facts, Seat seat);

    /** The plans of what is done on the host around the jail, by when that is, in order; none for most vassals. */
    default Map<String, JailPlan> errands(VassalSpec spec, HostFacts facts, Seat seat) {
        return Map.of();
    }

    /** The settings that count for a spec, as people are to see them: no secrets, and what one key means for another. */
    default List<Setting> shown(VassalSpec spec, List<Setting> settings) {
        return settings;
    }

    /** What stands between the program of a spec and this host, and what does not; nothing where nobody can tell. */
    default List<Protection> protections(VassalSpec spec, HostFacts facts) {
        return List.of();
    }

    Accounts accounts();

    /** @throws RuntimeException with a message for the operator if this process cannot reign here */
    Host open(HostSettings settings);

    /** How to look into jails that stand, and enter them; empty where that is not possible. */
    default Optional<Visits> visits() {
        return Optional.empty();
    }
}
