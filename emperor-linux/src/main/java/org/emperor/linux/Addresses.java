package org.emperor.linux;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.emperor.linux.plan.IpAddress;
import org.emperor.linux.plan.LinkNames;
import org.emperor.realm.IncarnationId;

/**
 * Which incarnation of this realm has which address: what is granted from the pool, and what files ask for. Launch threads
 * claim and release.
 */
final class Addresses {
    /** 10.117.0.0/16. */
    private static final long POOL = 0x0a750000L;

    private static final int SIZE = 65534; // without the first and the last
    private static final int TRIES = 4096;

    private final ConcurrentMap<String, IncarnationId> holders = new ConcurrentHashMap<>();

    /**
     * An address of the pool: by the vassal's name, so that it mostly has the same in all its lives, or else one after that.
     *
     * @param isFree whether anybody else on this host has it; asked of few
     */
    Optional<IpAddress> grant(IncarnationId incarnation, Predicate<IpAddress> isFree) {
        long start = Long.remainderUnsigned(LinkNames.hash(incarnation.vassal().toString()), SIZE);
        for (int i = 0; i < TRIES; i++) {
            IpAddress address = IpAddress.four(POOL + 1 + (start + i) % SIZE);
            if (holders.putIfAbsent(key("", address), incarnation) == null) {
                if (isFree.test(address)) {
                    return Optional.of(address);
                }
                holders.remove(key("", address), incarnation);
            }
        }
        return Optional.empty();
    }

    /** @return who has the address in that domain now, which may be the incarnation itself */
    IncarnationId claim(String domain, IpAddress address, IncarnationId incarnation) {
        IncarnationId holder = holders.putIfAbsent(key(domain, address), incarnation);
        return holder == null ? incarnation : holder;
    }

    void release(IncarnationId incarnation) {
        holders.values().removeIf(incarnation::equals);
    }

    private static String key(String domain, IpAddress address) {
        return domain + " " + address;
    }
}
