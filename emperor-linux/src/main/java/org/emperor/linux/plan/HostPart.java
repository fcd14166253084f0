package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.emperor.jail.HostStep;
import org.emperor.jail.Seat;
import org.emperor.spec.Program;
import org.emperor.spec.VassalSpec;
import org.jspecify.annotations.Nullable;

/** What the emperor does outside the jail: cgroups, FIFO and exit record before the clone, id maps after. */
final class HostPart {
    private final VassalSpec spec;
    private final LinuxFacts facts;
    private final Seat seat;
    private final JailSettings jail;
    private final @Nullable IdMaps maps;
    private final CgroupPart cgroups;
    private final Restraints restraints;

    /** @param maps those of its user namespace, if it has one */
    HostPart(
            VassalSpec spec,
            LinuxFacts facts,
            Seat seat,
            JailSettings jail,
            @Nullable IdMaps maps,
            CgroupPart cgroups,
            Restraints restraints) {
        this.spec = spec;
        this.facts = facts;
        this.seat = seat;
        this.jail = jail;
        this.maps = maps;
        this.cgroups = cgroups;
        this.restraints = restraints;
    }

    List<HostStep> prepare() {
        List<HostStep> steps = new ArrayList<>();
        cgroups.prepare(steps);
        jail.setns()
                .offer()
                .ifPresent(offer -> steps.add(new HostStep(
                        HostStep.Kind.LISTEN, offer.address(), "", offer.mode(), offer.uid(), offer.gid())));
        steps.add(fifo());
        if (spec.program().init() == Program.Init.RESIDENT) {
            steps.add(HostStep.file(seat.exitRecord().toString(), ""));
        }
        if (restraints.isAny()) {
            steps.add(HostStep.file(seat.restraints().toString(), restraints.text()));
        }
        return steps;
    }

    /** The vassal's own, by the ids it has outside, so that it can reopen /dev/stdout. */
    private HostStep fifo() {
        int uid = maps == null
                ? spec.identity().uid()
                : maps.hostUid(spec.identity().uid());
        int gid = maps == null
                ? spec.identity().gid()
                : maps.hostGid(spec.identity().gid());
        boolean elsewhere = jail.setns().join().isPresent() && seat.joined().contains("user"); // whose ids nobody tells
        // Who may not change ids runs everything as itself, and what it makes is its own.
        boolean already = !facts.changesIds() || elsewhere || (uid == 0 && gid == 0);
        String path = seat.fifo().toString();
        return new HostStep(HostStep.Kind.MAKE_FIFO, path, "", 0600, already ? -1 : uid, already ? -1 : gid);
    }

    List<HostStep> attach() {
        List<HostStep> steps = new ArrayList<>();
        adjustOomScore(steps);
        if (maps != null) {
            new UserPart(maps).attach(steps);
        }
        cgroups.attach(steps);
        return steps;
    }

    /** From outside: inside a user namespace nobody may lower it, and a root of one's own may have no /proc. */
    private void adjustOomScore(List<HostStep> steps) {
        int own = facts.means().oomScoreAdj();
        boolean resets = own != 0 && facts.root() && (own < 0 || facts.means().has(Means.CAP_SYS_RESOURCE));
        int wanted = jail.process().oomScoreAdj().orElse(resets ? 0 : own);
        if (wanted != own) {
            steps.add(HostStep.write("/proc/" + HostStep.PID + "/oom_score_adj", Integer.toString(wanted)));
        }
    }

    long cloneFlags() {
        return Namespace.flags(cloned());
    }

    String cloneText() {
        String sharing = "CLONE_VM|CLONE_VFORK|CLONE_FILES";
        String namespaces = cloned().isEmpty() ? "" : "|" + Namespace.text(cloned());
        if (!facts.clone3()) {
            return "clone(" + sharing + namespaces + "|SIGCHLD) = jail-init";
        }
        String cgroup = cgroups.bornIn().map(leaf -> ", cgroup=" + leaf).orElse("");
        String into = cgroups.bornIn().isPresent() ? "|CLONE_INTO_CGROUP" : "";
        return "clone3({flags=" + sharing + "|CLONE_CLEAR_SIGHAND" + into + namespaces + ", exit_signal=SIGCHLD"
                + cgroup + "}) = jail-init";
    }

    private Set<Namespace> cloned() {
        Set<Namespace> cloned = EnumSet.noneOf(Namespace.class);
        cloned.addAll(jail.namespaces());
        if (cgroups.joinsLate()) {
            cloned.remove(Namespace.CGROUP);
        }
        if (takesNetwork()) {
            cloned.remove(Namespace.NET);
        }
        return cloned;
    }

    /** Whether the jail joins a network namespace made ahead; a user namespace must own its own. */
    boolean takesNetwork() {
        return seat.networkReady() && jail.has(Namespace.NET) && !jail.has(Namespace.USER);
    }
}
