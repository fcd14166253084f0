package org.emperor.lang;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys that {@code blacklist} and {@code whitelist} keep out of what follows, up to their ends. */
final class Fences {
    private @Nullable Fence black;
    private @Nullable Fence white;

    private record Fence(Set<String> keys, Position position) {
        static Fence of(Given line) {
            return new Fence(
                    Set.copyOf(Arrays.asList(line.value().replace('_', '-').split(" ", -1))), line.wholeLine());
        }
    }

    void blacklist(Given line) {
        black = Fence.of(line);
    }

    void endBlacklist() {
        black = null;
    }

    void whitelist(Given line) {
        white = Fence.of(line);
    }

    void endWhitelist() {
        white = null;
    }

    void check(String key, Given line) {
        if (key.startsWith("end-")) {
            return; // a list can always be ended
        }
        if (black != null && black.keys().contains(key)) {
            throw refused(key, line, "forbidden by the blacklist of " + black.position());
        }
        if (white != null && !white.keys().contains(key)) {
            throw refused(key, line, "not in the whitelist of " + white.position());
        }
    }

    private static Refusal refused(String key, Given line, String rule) {
        return Refusal.of(line.renamed(key), 0, rule, "remove it");
    }
}
