package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.emperor.spec.Resource;
import org.emperor.spec.ResourceLimit;

/**
 * What the emperor's own process may do and has, where it bounds what a program can get.
 *
 * @param capabilities its effective ones, as a mask
 * @param nice its own
 * @param oomScoreAdj its own
 * @param processors how many this host has
 * @param openFilesMost what even root cannot exceed: sysctl fs.nr_open
 * @param hard the hard resource limits; one that is missing is unlimited
 */
public record Means(
        long capabilities, int nice, int oomScoreAdj, int processors, long openFilesMost, Map<Resource, Long> hard) {
    static final int CAP_SETGID = 6;
    static final int CAP_SETUID = 7;
    static final int CAP_NET_ADMIN = 12;
    static final int CAP_SYS_CHROOT = 18;
    static final int CAP_SYS_ADMIN = 21;
    static final int CAP_SYS_NICE = 23;
    static final int CAP_SYS_RESOURCE = 24;

    /** Root without bounds on a usual host. */
    public static final Means ALL = new Means(-1L, 0, 0, 1024, 1 << 20, Map.of());

    public Means {
        Map<Resource, Long> limits = new EnumMap<>(Resource.class);
        limits.putAll(hard);
        hard = Collections.unmodifiableMap(limits);
    }

    boolean has(int capability) {
        return (capabilities >>> capability & 1) != 0;
    }

    /** Whether a hard limit can be given without a right to raise it. */
    boolean covers(ResourceLimit limit) {
        long own = hard.getOrDefault(limit.resource(), ResourceLimit.UNLIMITED);
        return own == ResourceLimit.UNLIMITED || (limit.hard() != ResourceLimit.UNLIMITED && limit.hard() <= own);
    }

    /** The limits as {@code nofile=1024 nproc=500}. */
    String hardText() {
        List<String> words = new ArrayList<>();
        hard.forEach((resource, most) -> words.add(resource + "=" + most));
        return String.join(" ", words);
    }

    static Map<Resource, Long> hardLimits(String text) {
        Map<Resource, Long> hard = new EnumMap<>(Resource.class);
        for (String word : text.split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                hard.put(Resource.valueOf(word.substring(0, equals)), Long.parseLong(word.substring(equals + 1)));
            }
        }
        return hard;
    }
}
