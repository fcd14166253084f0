package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a file says of cgroups.
 *
 * @param others the limits that are the same on every host
 * @param shared directories of v1 that the jail joins beside its own, as uWSGI's {@code cgroup} names them
 * @param sharedFiles what is written into those
 * @param sharedMode their permissions
 */
record CgroupSettings(
        Optional<Amount> memoryMax,
        Optional<Amount> memoryHigh,
        Optional<Amount> memorySwapMax,
        List<CgroupLimit> others,
        List<String> shared,
        List<CgroupFile> sharedFiles,
        int sharedMode) {
    CgroupSettings {
        others = List.copyOf(others);
        shared = List.copyOf(shared);
        sharedFiles = List.copyOf(sharedFiles);
    }

    /** All limits, on a host with so much memory. */
    List<CgroupLimit> limits(long memory) {
        List<CgroupLimit> limits = new ArrayList<>();
        memoryMax.ifPresent(max -> limits.add(CgroupLimit.of(
                CgroupOptions.MEMORY_MAX,
                Controller.MEMORY,
                List.of(new CgroupFile("memory.max", text(max, memory, "max"))),
                List.of(new CgroupFile("memory.limit_in_bytes", text(max, memory, "-1"))))));
        memorySwapMax.ifPresent(max -> limits.add(CgroupLimit.of(
                CgroupOptions.MEMORY_SWAP_MAX,
                Controller.MEMORY,
                List.of(new CgroupFile("memory.swap.max", text(max, memory, "max"))),
                memoryAndSwap(max, memory))));
        memoryHigh.ifPresent(high -> limits.add(CgroupLimit.of(
                CgroupOptions.MEMORY_HIGH,
                Controller.MEMORY,
                List.of(new CgroupFile("memory.high", text(high, memory, "max"))),
                List.of())));
        limits.addAll(others);
        return limits;
    }

    /** v1 limits the sum, which must not be below the limit of memory that is written before it. */
    private List<CgroupFile> memoryAndSwap(Amount swap, long memory) {
        if (!swap.isAll() && memoryMax.filter(max -> !max.isAll()).isEmpty()) {
            return List.of();
        }
        String sum = swap.isAll() ? "-1" : Long.toString(memoryMax.orElseThrow().on(memory) + swap.on(memory));
        return List.of(new CgroupFile("memory.memsw.limit_in_bytes", sum));
    }

    private static String text(Amount amount, long memory, String all) {
        return amount.isAll() ? all : Long.toString(amount.on(memory));
    }
}
