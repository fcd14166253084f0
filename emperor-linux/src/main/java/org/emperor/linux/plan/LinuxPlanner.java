package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.emperor.jail.HostFacts;
import org.emperor.jail.HostStep;
import org.emperor.jail.JailPlan;
import org.emperor.jail.PlanEncoder;
import org.emperor.jail.PlanRefusal;
import org.emperor.jail.Seat;
import org.emperor.jail.Step;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.linux.plan.LookupSettings.Source;
import org.emperor.spec.Program;
import org.emperor.spec.VassalSpec;
import org.jspecify.annotations.Nullable;

/**
 * Compiles one vassal's jail into its plans; the order of the steps is the story of the launch. Kept for its next launch, it
 * compiles only what that one's seat changes.
 */
public final class LinuxPlanner {
    /** In bytes; larger plans, of vassals with a large environment, are not kept. */
    private static final int MOST_KEPT = 1 << 16;

    private final VassalSpec spec;
    private final LinuxFacts facts;
    private final JailSettings jail;
    private final Filters filters;
    private volatile @Nullable Inside latest;
    private volatile @Nullable Encoded latestBytes;

    /** All of a seat that the steps inside the jail depend on. */
    private record Conditions(
            @Nullable IdMaps maps,
            List<String> joined,
            long cloneFlags,
            boolean networkReady,
            List<IpNetwork> addresses,
            boolean cgroupJoinedLate,
            List<String> cgroups) {

        /** Not the record's own equals: that is linked at its first use, which would make the first respawn wait. */
        boolean areAs(Conditions other) {
            return Objects.equals(maps, other.maps)
                    && joined.equals(other.joined)
                    && cloneFlags == other.cloneFlags
                    && networkReady == other.networkReady
                    && addresses.equals(other.addresses)
                    && cgroupJoinedLate == other.cgroupJoinedLate
                    && cgroups.equals(other.cgroups);
        }
    }

    private record Inside(
            Conditions conditions,
            Restraints restraints,
            List<Step> init,
            List<Step> main,
            List<Step> atexit,
            List<HostStep> attach) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Encoded(List<Step> init, byte[] bytes) {}

    public LinuxPlanner(VassalSpec spec, HostFacts facts, Filters filters) {
        this.spec = spec;
        this.facts = LinuxFacts.of(facts);
        this.jail = JailReader.read(spec.jail());
        this.filters = filters;
    }

    /** Whether this is a planner of the very same. */
    @SuppressWarnings("ReferenceEquality") // an edit makes another spec, and equal ones are planned alike
    public boolean isOf(VassalSpec other, HostFacts facts) {
        return spec == other && this.facts == LinuxFacts.of(facts);
    }

    /** What is wrong with the Linux settings of a spec, and what the host of these facts can never do of it. */
    public static List<Problem> check(VassalSpec spec, HostFacts facts, Filters filters) {
        List<Problem> problems = JailReader.check(spec.jail());
        return problems.isEmpty()
                ? hostProblems(spec, LinuxFacts.of(facts), JailReader.read(spec.jail()), filters)
                : problems;
    }

    /** Of a spec that asks for no filter of system calls; any other has that problem. */
    public static List<Problem> check(VassalSpec spec, HostFacts facts) {
        return check(spec, facts, Filters.NONE);
    }

    private static List<Problem> hostProblems(VassalSpec spec, LinuxFacts facts, JailSettings jail, Filters filters) {
        List<Problem> problems = new ArrayList<>(new HostCheck(spec, facts, jail).problems());
        if (!jail.privileges().isUnchanged()) {
            problems.addAll(new PrivilegeCheck(spec, facts, jail).problems(filters));
        }
        return problems;
    }

    /** @throws PlanRefusal if this host cannot do what the spec asks */
    public static JailPlan plan(VassalSpec spec, HostFacts facts, Seat seat, Filters filters) {
        return new LinuxPlanner(spec, facts, filters).plan(seat);
    }

    /** Of a spec that asks for no filter of system calls; any other is refused. */
    public static JailPlan plan(VassalSpec spec, HostFacts facts, Seat seat) {
        return plan(spec, facts, seat, Filters.NONE);
    }

    /** What has to be there before a launch can be planned. */
    public static LaunchNeeds needs(VassalSpec spec, HostFacts facts, List<String> joined) {
        return new LinuxPlanner(spec, facts, Filters.NONE).needs(joined);
    }

    /**
     * What has to be there before a launch can be planned.
     *
     * @param joined the kinds of namespaces that it joins
     */
    public LaunchNeeds needs(List<String> joined) {
        JailSettings joining = jail.joining(joined);
        boolean user = joining.has(Namespace.USER);
        return new LaunchNeeds(
                joining.has(Namespace.NET) && !user && joined.isEmpty(),
                user && !joining.users().isGiven() && facts.changesIds(),
                joining.network().isPresent() && joining.network().get().wantsAddress(),
                joining.lookup().wantsHost());
    }

    /** The address at which namespaces must be asked for before this vassal can be planned. */
    public static Optional<String> joins(VassalSpec spec) {
        return usesSetns(spec) ? JailReader.read(spec.jail()).setns().join() : Optional.empty();
    }

    /** How the namespaces of this vassal are given away. */
    public static Optional<NamespaceOffer> offers(VassalSpec spec) {
        return usesSetns(spec) ? JailReader.read(spec.jail()).setns().offer() : Optional.empty();
    }

    private static boolean usesSetns(VassalSpec spec) {
        for (Setting setting : spec.jail()) {
            if (SetnsReader.reads(setting.key())) {
                return true;
            }
        }
        return false;
    }

    /** The directory below a cgroup that holds all jails of one emperor. */
    public static String realmCgroup(String base, String realmId) {
        return base + "/" + realmName(realmId);
    }

    /** What that directory is called. */
    public static String realmName(String realmId) {
        return "emperor." + realmId;
    }

    /** @throws PlanRefusal if this host cannot do what the spec asks */
    public JailPlan plan(Seat seat) {
        JailSettings joining = jail.joining(seat.joined());
        Inside inside = latest;
        if (inside == null || !inside.conditions().joined().equals(seat.joined())) {
            refuseProblems(joining);
        }
        IdMaps maps =
                joining.has(Namespace.USER) ? IdMaps.of(joining.users(), facts, spec.identity(), seat.idRange()) : null;
        CgroupPart cgroups = new CgroupPart(spec, facts, seat, joining);
        Restraints restraints =
                inside == null ? Restraints.of(joining.privileges(), facts, filters) : inside.restraints();
        HostPart host = new HostPart(spec, facts, seat, joining, maps, cgroups, restraints);
        Conditions conditions = new Conditions(
                maps,
                seat.joined(),
                host.cloneFlags(),
                host.takesNetwork(),
                joining.network().map(it -> it.addresses(seat)).orElse(List.of()),
                cgroups.joinsLate(),
                cgroups.joined());
        if (inside == null || !inside.conditions().areAs(conditions)) {
            inside = inside(conditions, joining, restraints);
            latest = inside;
        }
        List<HostStep> attach = host.attach();
        attach.addAll(inside.attach());
        return new JailPlan(
                "linux",
                host.prepare(),
                host.cloneFlags(),
                host.cloneText(),
                cgroups.bornIn(),
                attach,
                joining.network()
                        .map(network -> new NetworkPart(network, seat).steps())
                        .orElse(List.of()),
                inside.init(),
                inside.main(),
                inside.atexit(),
                spec.life().diesWithEmperor());
    }

    private void refuseProblems(JailSettings joining) {
        List<Problem> problems = hostProblems(spec, facts, joining, filters);
        if (!problems.isEmpty()) {
            throw new PlanRefusal(problems.get(0).toString());
        }
        checkServers(joining);
    }

    private Inside inside(Conditions given, JailSettings joining, Restraints restraints) {
        StepList steps = new StepList(facts.arch());
        ProgramEnvironment environment = new ProgramEnvironment(spec);
        if (!joining.files().credentials().isEmpty()) {
            environment.put("CREDENTIALS_DIRECTORY", FileSystemSettings.CREDENTIALS_DIRECTORY);
        }
        HookPart hooks = new HookPart(steps, spec, facts, joining.hooks(), environment, HookPart.limit(spec));
        MappedTrees trees = new MappedTrees();
        CgroupPart.join(steps, given.cgroups());
        if (joining.setns().join().isPresent()) {
            new SetnsPart(steps, spec, facts, joining, given.joined()).join(given.cloneFlags());
        }
        IdMaps maps = given.maps();
        FileSystemPart files = hasFiles(joining)
                ? new FileSystemPart(steps, spec, facts, joining, maps, trees, given.addresses())
                : null;
        InsidePart part = new InsidePart(steps, joining, hooks, isResident(), maps, files, trees);
        part.buildJail(given.cgroupJoinedLate(), given.networkReady());
        if (isResident()) {
            steps.forkAndStay();
        }
        new ProgramPart(steps, spec, facts, joining, hooks, environment, restraints).becomeProgram();
        return new Inside(
                given,
                restraints,
                List.copyOf(steps.init()),
                List.copyOf(steps.main()),
                List.copyOf(steps.atexit()),
                List.copyOf(trees.attach()));
    }

    /** Without its own word a file gets a resolv.conf and hosts only where they can be mounted, from 5.12. */
    private boolean hasFiles(JailSettings joining) {
        boolean lookup = joining.lookup().isAny() && joining.has(Namespace.FS) && facts.isKernelSince(5, 12);
        return joining.files().isAny() || lookup;
    }

    /** Not when the file is read: a host may learn its servers later than its emperor starts. */
    private void checkServers(JailSettings joining) {
        LookupSettings lookup = joining.lookup();
        boolean lacks = LookupText.resolver(lookup, facts.names(), joining.isElsewhere())
                .servers()
                .isEmpty();
        for (Setting setting : spec.jail()) {
            boolean asks = setting.key().equals(LookupReader.RESOLV_CONF) && lookup.source() == Source.HOST;
            if (asks && lacks && joining.isElsewhere()) {
                throw new PlanRefusal(new Problem(
                                setting.position(),
                                setting.key(),
                                "the host has no name server that this jail's network could reach",
                                "write dns = ADDRESS")
                        .toString());
            }
        }
    }

    /**
     * The bytes jail-init receives for a plan.
     *
     * @throws PlanRefusal if they are too many
     */
    @SuppressWarnings("ReferenceEquality") // the plans of one inside share its steps
    public byte[] encoded(JailPlan plan) {
        Encoded known = latestBytes;
        if (known != null && known.init() == plan.init()) {
            return known.bytes();
        }
        byte[] bytes = PlanEncoder.encode(plan);
        Inside inside = latest;
        if (inside != null && inside.init() == plan.init()) {
            if (bytes.length > MOST_KEPT) {
                latest = null;
            } else {
                latestBytes = new Encoded(plan.init(), bytes);
            }
        }
        return bytes;
    }

    private boolean isResident() {
        return spec.program().init() == Program.Init.RESIDENT;
    }
}
