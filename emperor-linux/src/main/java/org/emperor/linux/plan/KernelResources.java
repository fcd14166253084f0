package org.emperor.linux.plan;

import java.util.List;
import org.emperor.spec.Resource;

/** The kernel's numbers of resources: asm-generic/resource.h, which x86-64 and aarch64 use; /proc/PID/limits has that order. */
public final class KernelResources {
    private static final List<Resource> BY_NUMBER = List.of(
            Resource.CPU,
            Resource.FSIZE,
            Resource.DATA,
            Resource.STACK,
            Resource.CORE,
            Resource.RSS,
            Resource.NPROC,
            Resource.NOFILE,
            Resource.MEMLOCK,
            Resource.AS,
            Resource.LOCKS,
            Resource.SIGPENDING,
            Resource.MSGQUEUE,
            Resource.NICE,
            Resource.RTPRIO,
            Resource.RTTIME);

    private KernelResources() {}

    public static int number(Resource resource) {
        return BY_NUMBER.indexOf(resource);
    }

    /** All of them, each at its number. */
    public static List<Resource> all() {
        return BY_NUMBER;
    }
}
