package org.emperor.linux.sys;

import org.emperor.linux.plan.Call;

/** Which version of Landlock the kernel has, 0 for none: it is not there before 5.13, and may be off (landlock(7)). */
public final class LandlockVersion {
    private static final int CREATE_RULESET_VERSION = 1;

    private LandlockVersion() {}

    public static int of(Kernel kernel) {
        return (int) Math.max(0, kernel.call(Call.LANDLOCK_CREATE_RULESET, 0, 0, CREATE_RULESET_VERSION));
    }
}
