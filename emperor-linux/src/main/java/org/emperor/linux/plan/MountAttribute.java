package org.emperor.linux.plan;

import java.util.StringJoiner;

/** What a mount does not allow, by the bits of fsmount(2) and mount_setattr(2). */
enum MountAttribute {
    RDONLY(1),
    NOSUID(2),
    NODEV(4),
    NOEXEC(8);

    private final long value;

    MountAttribute(long value) {
        this.value = value;
    }

    static long value(MountAttribute... attributes) {
        long value = 0;
        for (MountAttribute attribute : attributes) {
            value |= attribute.value;
        }
        return value;
    }

    /** {@code MOUNT_ATTR_RDONLY|MOUNT_ATTR_NOSUID}, or 0. */
    static String text(MountAttribute... attributes) {
        StringJoiner text = new StringJoiner("|").setEmptyValue("0");
        for (MountAttribute attribute : attributes) {
            text.add("MOUNT_ATTR_" + attribute);
        }
        return text.toString();
    }
}
