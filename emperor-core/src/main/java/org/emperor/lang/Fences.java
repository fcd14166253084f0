package org.emperor.lang;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys that {@code blacklist} and {@code whitelist} keep out, up to their ends. */
final class Fences {
    private @Nullable Set<String> forbidden;
    private @Nullable Set<String> allowed;

    /** Whether the line is one that sets or ends a list; other lines are refused if a list keeps them out. */
    boolean obey(Given line) {
        switch (line.key()) {
            case "end-blacklist" -> forbidden = null;
            case "end-whitelist" -> allowed = null;
            case "blacklist" -> {
                check(line);
                forbidden = names(line);
            }
            case "whitelist" -> {
                check(line);
                allowed = names(line);
            }
            default -> {
                check(line);
                return false;
            }
        }
        return true;
    }

    void check(Given line) {
        if (forbidden != null && forbidden.contains(line.key())) {
            throw Refusal.of(line, -1, "the blacklist above forbids it", "remove it");
        }
        if (allowed != null && !allowed.contains(line.key())) {
            throw Refusal.of(line, -1, "the whitelist above does not allow it", "remove it");
        }
    }

    private static Set<String> names(Given line) {
        return Set.copyOf(Arrays.asList(line.value().replace('_', '-').split(" ")));
    }
}
