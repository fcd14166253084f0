package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import org.emperor.spec.Resource;
import org.emperor.spec.ResourceLimit;
import org.emperor.spec.VassalSpec;

/**
 * What the kernel keeps of a process beside its identity: limits, umask, priorities. All of it is set, because a program
 * would inherit the emperor's otherwise; all of it while there are still rights to raise it.
 */
final class ProcessPart {
    private static final long SOFT_FILES = 1024; // select(2) cannot watch more; programs that want more raise it
    private static final long FILES_OF_STEPS = 256; // what the launcher wants for the emperor itself
    private static final int PRIO_PROCESS = 0;
    private static final int IOPRIO_WHO_PROCESS = 1;
    private static final int BITS = 1024; // CPU_SETSIZE; the kernel takes what it has

    private final StepList steps;
    private final VassalSpec spec;
    private final LinuxFacts facts;
    private final JailSettings jail;

    ProcessPart(StepList steps, VassalSpec spec, LinuxFacts facts, JailSettings jail) {
        this.steps = steps;
        this.spec = spec;
        this.facts = facts;
        this.jail = jail;
    }

    void shape() {
        for (ResourceLimit limit : limits()) {
            limit(steps, whileStepsRun(limit));
        }
        steps.call("set the umask", Call.UMASK, Argument.octal(spec.program().umask()));
        setNice(spec.program().priority().nice());
        setIoPriority(jail.process().ioPriority().orElse(IoPriority.NONE));
        setProcessors(spec.program().priority().cpus());
    }

    /** What the steps themselves could not go on with: once they open nothing any more. Lowering needs no right. */
    void narrow() {
        narrow(steps, limits());
    }

    static void narrow(StepList steps, List<ResourceLimit> limits) {
        for (ResourceLimit limit : limits) {
            if (isNarrow(limit)) {
                limit(steps, limit);
            }
        }
    }

    static boolean isNarrow(ResourceLimit limit) {
        return limit.resource() == Resource.NOFILE && Long.compareUnsigned(limit.soft(), FILES_OF_STEPS) < 0;
    }

    private ResourceLimit whileStepsRun(ResourceLimit limit) {
        long enough = Math.min(FILES_OF_STEPS, facts.nofileHard());
        return isNarrow(limit) ? limit.orGreater(enough, enough) : limit;
    }

    /** Those of the file, and of open files the usual pair: the JVM raises its own soft limit to the hard one. */
    private List<ResourceLimit> limits() {
        List<ResourceLimit> limits = new ArrayList<>(spec.limits().resources());
        limits.addAll(jail.process().limits());
        for (ResourceLimit limit : limits) {
            if (limit.resource() == Resource.NOFILE) {
                return limits;
            }
        }
        limits.add(0, usualFiles(facts));
        return limits;
    }

    static ResourceLimit usualFiles(LinuxFacts facts) {
        long hard = facts.nofileHard();
        return new ResourceLimit(Resource.NOFILE, Math.min(SOFT_FILES, hard), hard);
    }

    static void limit(StepList steps, ResourceLimit limit) {
        steps.call("set " + limit.resource().key(), Call.PRLIMIT64, arguments(limit));
    }

    /** Where raising it needs a right that is not there, it stays as it is. */
    static void tryToLimit(StepList steps, ResourceLimit limit) {
        steps.attempt("set " + limit.resource().key(), List.of(StepList.EPERM), Call.PRLIMIT64, arguments(limit));
    }

    private static Argument[] arguments(ResourceLimit limit) {
        String text = "{rlim_cur=" + text(limit.soft()) + ", rlim_max=" + text(limit.hard()) + "}";
        return new Argument[] {
            Argument.number(0),
            Argument.constant(KernelResources.number(limit.resource()), "RLIMIT_" + limit.resource()),
            Argument.longs(text, limit.soft(), limit.hard()),
            Argument.none()
        };
    }

    private static String text(long limit) {
        return limit == ResourceLimit.UNLIMITED ? "RLIM64_INFINITY" : Long.toString(limit);
    }

    private void setNice(int nice) {
        Argument[] arguments = {
            Argument.constant(PRIO_PROCESS, "PRIO_PROCESS"), Argument.number(0), Argument.number(nice)
        };
        set("set nice " + nice, nice != 0, Call.SETPRIORITY, arguments);
    }

    private void setIoPriority(IoPriority priority) {
        set(
                "set the I/O priority",
                priority.kind() != IoPriority.Kind.NONE,
                Call.IOPRIO_SET,
                Argument.constant(IOPRIO_WHO_PROCESS, "IOPRIO_WHO_PROCESS"),
                Argument.number(0),
                Argument.constant(priority.value(), priority.toString()));
    }

    private void setProcessors(List<Integer> cpus) {
        long[] mask = new long[BITS / Long.SIZE];
        for (int word = 0; cpus.isEmpty() && word < mask.length; word++) {
            mask[word] = -1;
        }
        for (int cpu : cpus) {
            mask[cpu / Long.SIZE] |= 1L << cpu % Long.SIZE;
        }
        set(
                "set the processors",
                !cpus.isEmpty(),
                Call.SCHED_SETAFFINITY,
                Argument.number(0),
                Argument.number(BITS / Byte.SIZE),
                Argument.longs(cpus.isEmpty() ? "[all]" : cpus.toString(), mask));
    }

    /** What a file asks for must succeed; where the usual value cannot be had back, the emperor's own remains. */
    private void set(String object, boolean asked, Call call, Argument... arguments) {
        if (asked) {
            steps.call(object, call, arguments);
        } else {
            steps.attempt(object, List.of(), call, arguments);
        }
    }
}
