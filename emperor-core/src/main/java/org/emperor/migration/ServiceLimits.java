package org.emperor.migration;

import org.emperor.lang.Setting;

/** Limits by cgroups, which are files of cgroup v2 in both languages. */
final class ServiceLimits {
    private ServiceLimits() {}

    /** The key that says the same; empty if there is none. */
    static String key(Setting setting) {
        return switch (setting.key()) {
            case "MemoryMax" -> "memory-max";
            case "MemoryHigh" -> "memory-high";
            case "MemorySwapMax" -> "memory-swap-max";
            case "CPUQuota" -> "cpu-max";
            case "CPUWeight" -> setting.value().equals("idle") ? "" : "cpu-weight";
            case "IOWeight" -> "io-weight";
            case "AllowedCPUs" -> "cpuset-cpus";
            case "AllowedMemoryNodes" -> "cpuset-mems";
            default -> "";
        };
    }

    /** Lists have commas here. */
    static String value(Setting setting) {
        boolean list = setting.key().startsWith("Allowed");
        return list ? setting.value().strip().replaceAll("[\\s,]+", ",") : setting.value();
    }
}
