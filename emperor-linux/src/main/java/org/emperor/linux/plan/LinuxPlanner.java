package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emperor.jail.HostFacts;
import org.emperor.jail.HostStep;
import org.emperor.jail.JailPlan;
import org.emperor.jail.PlanRefusal;
import org.emperor.jail.Seat;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.linux.plan.LookupSettings.Source;
import org.emperor.spec.Program;
import org.emperor.spec.VassalSpec;
import org.jspecify.annotations.Nullable;

/** Compiles one vassal's jail into its plan; the order of the steps is the story of the launch. */
public final class LinuxPlanner {
    private final VassalSpec spec;
    private final LinuxFacts facts;
    private final Seat seat;
    private final JailSettings jail;
    private final Filters filters;
    private final StepList steps;

    private LinuxPlanner(VassalSpec spec, LinuxFacts facts, Seat seat, Filters filters) {
        this.spec = spec;
        this.facts = facts;
        this.seat = seat;
        this.jail = JailReader.read(spec.jail()).joining(seat.joined());
        this.filters = filters;
        this.steps = new StepList(facts.arch());
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
        return new LinuxPlanner(spec, LinuxFacts.of(facts), seat, filters).plan();
    }

    /** Of a spec that asks for no filter of system calls; any other is refused. */
    public static JailPlan plan(VassalSpec spec, HostFacts facts, Seat seat) {
        return plan(spec, facts, seat, Filters.NONE);
    }

    /**
     * What has to be there before a launch can be planned.
     *
     * @param joined the kinds of namespaces that it joins
     */
    public static LaunchNeeds needs(VassalSpec spec, HostFacts facts, List<String> joined) {
        JailSettings jail = JailReader.read(spec.jail()).joining(joined);
        boolean user = jail.has(Namespace.USER);
        return new LaunchNeeds(
                jail.has(Namespace.NET) && !user && joined.isEmpty(),
                user && !jail.users().isGiven() && LinuxFacts.of(facts).changesIds(),
                jail.network().isPresent() && jail.network().get().wantsAddress(),
                jail.lookup().wantsHost());
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
        return base + "/emperor." + realmId;
    }

    private JailPlan plan() {
        List<Problem> problems = hostProblems(spec, facts, jail, filters);
        if (!problems.isEmpty()) {
            throw new PlanRefusal(problems.get(0).toString());
        }
        checkServers();
        IdMaps maps = jail.has(Namespace.USER) ? IdMaps.of(jail.users(), facts, spec.identity(), seat.idRange()) : null;
        CgroupPart cgroups = new CgroupPart(spec, facts, seat, jail);
        Restraints restraints = Restraints.of(jail.privileges(), facts, filters);
        HostPart host = new HostPart(spec, facts, seat, jail, maps, cgroups, restraints);
        List<HostStep> prepare = host.prepare();
        List<HostStep> attach = host.attach();
        ProgramEnvironment environment = new ProgramEnvironment(spec);
        if (!jail.files().credentials().isEmpty()) {
            environment.put("CREDENTIALS_DIRECTORY", FileSystemSettings.CREDENTIALS_DIRECTORY);
        }
        HookPart hooks = new HookPart(steps, spec, facts, jail.hooks(), environment, HookPart.limit(spec));
        MappedTrees trees = new MappedTrees();
        cgroups.join(steps);
        if (jail.setns().join().isPresent()) {
            new SetnsPart(steps, spec, facts, jail, seat.joined()).join(host.cloneFlags());
        }
        InsidePart inside = new InsidePart(steps, jail, hooks, isResident(), maps, files(maps, trees), trees);
        inside.buildJail(cgroups.joinsLate(), host.takesNetwork());
        attach.addAll(trees.attach());
        if (isResident()) {
            steps.forkAndStay();
        }
        new ProgramPart(steps, spec, facts, jail, hooks, environment, restraints).becomeProgram();
        return new JailPlan(
                "linux",
                prepare,
                host.cloneFlags(),
                host.cloneText(),
                cgroups.bornIn(),
                attach,
                jail.network()
                        .map(network -> new NetworkPart(network, seat).steps())
                        .orElse(List.of()),
                steps.init(),
                steps.main(),
                steps.atexit(),
                spec.life().diesWithEmperor());
    }

    /** Without its own word a file gets a resolv.conf and hosts only where they can be mounted, from 5.12. */
    private @Nullable FileSystemPart files(@Nullable IdMaps maps, MappedTrees trees) {
        boolean lookup = jail.lookup().isAny() && jail.has(Namespace.FS) && facts.isKernelSince(5, 12);
        return jail.files().isAny() || lookup ? new FileSystemPart(steps, spec, facts, jail, maps, trees, seat) : null;
    }

    /** Not when the file is read: a host may learn its servers later than its emperor starts. */
    private void checkServers() {
        LookupSettings lookup = jail.lookup();
        boolean lacks = LookupText.resolver(lookup, facts.names(), jail.isElsewhere())
                .servers()
                .isEmpty();
        for (Setting setting : spec.jail()) {
            boolean asks = setting.key().equals(LookupReader.RESOLV_CONF) && lookup.source() == Source.HOST;
            if (asks && lacks && jail.isElsewhere()) {
                throw new PlanRefusal(new Problem(
                                setting.position(),
                                setting.key(),
                                "the host has no name server that this jail's network could reach",
                                "write dns = ADDRESS")
                        .toString());
            }
        }
    }

    private boolean isResident() {
        return spec.program().init() == Program.Init.RESIDENT;
    }
}
