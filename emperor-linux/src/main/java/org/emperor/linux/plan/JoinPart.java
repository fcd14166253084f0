package org.emperor.linux.plan;

import java.util.List;

/** Joins namespaces whose descriptors jail-init was given. */
final class JoinPart {
    private static final int PR_SET_DUMPABLE = 4;

    private final StepList steps;
    private final List<NamespaceFile> joined;
    private final int first;

    /**
     * @param joined in the order of {@link NamespaceFile}
     * @param first the number of the first one's descriptor among those granted
     */
    JoinPart(StepList steps, List<NamespaceFile> joined, int first) {
        this.steps = steps;
        this.joined = joined;
        this.first = first;
    }

    /** @param builder who is to be in a user namespace that is joined */
    void join(VisitFacts.Builder builder) {
        for (int i = 0; i < joined.size(); i++) {
            NamespaceFile namespace = joined.get(i);
            if (namespace == NamespaceFile.USER) { // inside, setgroups(2) may be denied
                steps.call("drop the groups", Call.SETGROUPS, Argument.number(0), Argument.none());
            }
            join(namespace, first + i);
            if (namespace == NamespaceFile.USER) {
                become(builder);
                stayHidden();
            }
        }
    }

    private void join(NamespaceFile namespace, int granted) {
        String flag = "CLONE_NEW" + (namespace == NamespaceFile.MNT ? "NS" : namespace.name());
        steps.call(
                "join namespace " + namespace,
                Call.SETNS,
                Argument.granted(granted, namespace.toString()),
                Argument.constant(namespace.flag(), flag));
    }

    /** Until then the process has the overflow ids and could own nothing it makes. */
    private void become(VisitFacts.Builder builder) {
        Argument gid = Argument.number(builder.gid());
        Argument uid = Argument.number(builder.uid());
        steps.call("become group " + builder.gid() + " of the user namespace", Call.SETRESGID, gid, gid, gid);
        steps.call("become user " + builder.uid() + " of the user namespace", Call.SETRESUID, uid, uid, uid);
    }

    /** A change of credentials sets it to sysctl fs.suid_dumpable (prctl(2)); nobody inside may look into this process. */
    private void stayHidden() {
        steps.call(
                "stay not dumpable",
                Call.PRCTL,
                Argument.constant(PR_SET_DUMPABLE, "PR_SET_DUMPABLE"),
                Argument.number(0));
    }
}
