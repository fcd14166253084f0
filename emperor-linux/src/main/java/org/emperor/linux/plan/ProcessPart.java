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
            limit(steps, limit);
        }
        steps.call("set the umask", Call.UMASK, Argument.octal(spec.program().umask()));
        setNice(spec.program().priority().nice());
        setIoPriority(jail.process().ioPriority().orElse(IoPriority.NONE));
        setProcessors(spec.program().priority().cpus());
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
        String text = "{rlim_cur=" + text(limit.soft()) + ", rlim_max=" + text(limit.hard()) + "}";
        steps.call(
                "set " + limit.resource().key(),
                Call.PRLIMIT64,
                Argument.number(0),
                Argument.constant(number(limit.resource()), "RLIMIT_" + limit.resource()),
                Argument.longs(text, limit.soft(), limit.hard()),
                Argument.none());
    }

    private static String text(long limit) {
        return limit == ResourceLimit.UNLIMITED ? "RLIM64_INFINITY" : Long.toString(limit);
    }

    /** asm-generic/resource.h, which x86-64 and aarch64 use. */
    private static int number(Resource resource) {
        return switch (resource) {
            case CPU -> 0;
            case FSIZE -> 1;
            case DATA -> 2;
            case STACK -> 3;
            case CORE -> 4;
            case RSS -> 5;
            case NPROC -> 6;
            case NOFILE -> 7;
            case MEMLOCK -> 8;
            case AS -> 9;
            case LOCKS -> 10;
            case SIGPENDING -> 11;
            case MSGQUEUE -> 12;
            case NICE -> 13;
            case RTPRIO -> 14;
            case RTTIME -> 15;
        };
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
