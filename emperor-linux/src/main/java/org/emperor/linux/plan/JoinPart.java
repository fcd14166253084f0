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

    void join() {
        for (int i = 0; i < joined.size(); i++) {
            NamespaceFile namespace = joined.get(i);
            steps.call(
                    "join namespace " + namespace,
                    Call.SETNS,
                    Argument.granted(first + i, namespace.toString()),
                    Argument.constant(
                            namespace.flag(),
                            "CLONE_NEW" + (namespace == NamespaceFile.MNT ? "NS" : namespace.name())));
            if (namespace == NamespaceFile.USER) {
                InsidePart.becomeMappedRoot(steps);
                stayHidden();
            }
        }
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
