package org.emperor.linux.plan;

import java.util.List;
import org.emperor.jail.PlanRefusal;
import org.emperor.spec.Program;
import org.emperor.spec.VassalSpec;

/** The namespaces of another jail that a vassal joins before anything else is done in its own. */
final class SetnsPart {
    private final StepList steps;
    private final VassalSpec spec;
    private final LinuxFacts facts;
    private final JailSettings jail;
    private final List<NamespaceFile> joined;

    SetnsPart(StepList steps, VassalSpec spec, LinuxFacts facts, JailSettings jail, List<String> joined) {
        this.steps = steps;
        this.spec = spec;
        this.facts = facts;
        this.jail = jail;
        this.joined = joined.stream().map(NamespaceFile::of).sorted().toList();
    }

    /** @param cloned the namespaces that the clone makes */
    void join(long cloned) {
        if (joined.contains(NamespaceFile.PID)) {
            checkPid();
        }
        if (joined.contains(NamespaceFile.USER) && cloned != 0) {
            throw new PlanRefusal(
                    "a user namespace that is joined has no rights over those of clone; leave clone to the"
                            + " jail that is joined");
        }
        if (!joined.isEmpty() && jail.has(Namespace.USER)) {
            throw new PlanRefusal(
                    "a user namespace of its own has no rights over what is joined; leave user out of clone");
        }
        if (joined.contains(NamespaceFile.PID) && jail.files().isAny()) {
            throw new PlanRefusal(
                    "jail-preset and what arranges files need a /proc, and none can be made of a PID namespace that is"
                            + " joined; remove them, or have that jail skip pid");
        }
        if (joined.contains(NamespaceFile.MNT) && !jail.unshare().has(Namespace.FS) && replacesRoot()) {
            throw new PlanRefusal(
                    "namespace, pivot-root and root-idmap would change the root of the jail that is joined; remove them,"
                            + " add unshare = fs, or have that jail skip mnt");
        }
        if (joined.contains(NamespaceFile.UTS) && jail.hostname().isPresent()) {
            throw new PlanRefusal("hostname would rename the jail that is joined; remove it");
        }
        if (joined.contains(NamespaceFile.NET) && jail.network().isPresent()) {
            throw new PlanRefusal(
                    "net would change the network of the jail that is joined; remove it, or have that jail skip net");
        }
        if (joined.contains(NamespaceFile.MNT)
                && (jail.files().isAny() || jail.lookup().isAsked())) {
            throw new PlanRefusal(
                    "jail-preset and what arranges files would change the mounts of the jail that is joined;"
                            + " remove them, or have that jail skip mnt");
        }
        new JoinPart(steps, joined, 0).join(VisitFacts.Builder.ROOT);
    }

    private boolean replacesRoot() {
        return jail.namespaceRoot().isPresent()
                || jail.pivotRoot().isPresent()
                || jail.users().mapsRoot();
    }

    /** It is joined by the next child, and what that leaves behind goes to the init of the jail that is joined. */
    private void checkPid() {
        if (spec.program().init() == Program.Init.NONE) {
            throw new PlanRefusal(
                    "init = none has no child that could be in the PID namespace that is joined; remove it");
        }
        if (facts.cgroup2().isEmpty()) {
            throw new PlanRefusal("only a cgroup v2 tree tells a vassal in a joined PID namespace from its host;"
                    + " have that jail skip pid");
        }
    }
}
