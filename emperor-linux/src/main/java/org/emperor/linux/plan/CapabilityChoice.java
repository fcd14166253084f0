package org.emperor.linux.plan;

/**
 * A set of capabilities as a file says it, before it is known what the emperor has to give.
 *
 * @param named those that are named one by one, which the host must have
 * @param usual those behind the words all and default, which count as far as the host has them
 */
record CapabilityChoice(long named, long usual) {
    static final CapabilityChoice NONE = new CapabilityChoice(0, 0);

    /**
     * What a daemon that starts as root and becomes somebody else needs, as other tools for jails leave it; without
     * CAP_NET_RAW and CAP_MKNOD, with which root sees its host's network and makes its host's devices.
     */
    static final CapabilityChoice DEFAULT = new CapabilityChoice(0, ofDaemons());

    static final CapabilityChoice ALL = new CapabilityChoice(0, Long.MAX_VALUE);

    private static long ofDaemons() {
        return Capability.CHOWN.bit()
                | Capability.DAC_OVERRIDE.bit()
                | Capability.FOWNER.bit()
                | Capability.FSETID.bit()
                | Capability.KILL.bit()
                | Capability.NET_BIND_SERVICE.bit()
                | Capability.SETFCAP.bit()
                | Capability.SETGID.bit()
                | Capability.SETPCAP.bit()
                | Capability.SETUID.bit()
                | Capability.SYS_CHROOT.bit();
    }

    CapabilityChoice and(CapabilityChoice other) {
        return new CapabilityChoice(named | other.named, usual | other.usual);
    }

    /** The set, where these can be given. */
    long of(long available) {
        return named | (usual & available);
    }
}
