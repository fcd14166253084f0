package org.emperor.linux.plan;

import java.nio.charset.StandardCharsets;
import org.emperor.realm.IncarnationId;
import org.emperor.spec.VassalName;

/**
 * The names and hardware addresses of interfaces, computed, so that what a killed emperor left is known by its name: {@code
 * ev}, five characters that stand for the realm and eight for the incarnation. An interface's name has at most 15 bytes.
 */
public final class LinkNames {
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 15;
    private static final int BITS_OF_A_DIGIT = 5;
    private static final int OF_REALM = 5;
    private static final int OF_INCARNATION = 8;

    private LinkNames() {}

    public static String hostEnd(String realmId, IncarnationId incarnation) {
        return prefix(realmId) + digits(hash(incarnation.toString()), OF_INCARNATION);
    }

    /** Whether an interface with that name is the host end of a jail of this realm. */
    public static boolean isHostEnd(String name, String realmId) {
        return name.length() == LENGTH && name.startsWith(prefix(realmId));
    }

    private static String prefix(String realmId) {
        return "ev" + digits(hash(realmId), OF_REALM);
    }

    /** Stays over all lives of a vassal: its neighbours remember it. Locally administered (IEEE 802, bit 2). */
    static String jailMac(String realmId, VassalName vassal) {
        return mac(0x02, hash(realmId + "/" + vassal));
    }

    /**
     * High, because a bridge takes the lowest of its ports for its own, and one for the whole realm, so that a bridge that
     * has no other ports keeps its own while vassals come and go.
     */
    static String hostMac(String realmId) {
        return mac(0xfe, hash(realmId));
    }

    private static String mac(int first, long hash) {
        StringBuilder mac = new StringBuilder(String.format("%02x", first));
        for (int shift = 32; shift >= 0; shift -= 8) {
            mac.append(String.format(":%02x", hash >>> shift & 0xff));
        }
        return mac.toString();
    }

    private static String digits(long hash, int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(DIGITS.charAt((int) (hash >>> (i * BITS_OF_A_DIGIT)) & 31));
        }
        return digits.toString();
    }

    /** FNV-1a of 64 bits, with the upper half mixed into the lower one. */
    public static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (value & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0x9e3779b97f4a7c15L;
        return hash ^ (hash >>> 29);
    }
}
