package org.emperor.migration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emperor.lang.Setting;

/** The assignments of a section that count: an empty one takes back those of the same key above it. */
final class Assignments {
    private final Map<String, List<Setting>> given = new LinkedHashMap<>();
    private final Map<String, Setting> latest = new HashMap<>();

    Assignments(List<Setting> settings) {
        for (Setting setting : settings) {
            latest.put(setting.key(), setting);
            if (setting.value().isEmpty()) {
                given.remove(setting.key());
            } else {
                given.computeIfAbsent(setting.key(), key -> new ArrayList<>()).add(setting);
            }
        }
    }

    Set<String> keys() {
        return given.keySet();
    }

    /** The last that names the key at all, be it to take back what is above it; for keys whose empty list means something. */
    Optional<Setting> assigned(String key) {
        return Optional.ofNullable(latest.get(key));
    }

    /** In order; for keys that are lists. */
    List<Setting> all(String key) {
        return given.getOrDefault(key, List.of());
    }

    /** The last; for keys that are not. */
    Optional<Setting> last(String key) {
        List<Setting> all = all(key);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    String text(String key, String standard) {
        return last(key).map(Setting::value).orElse(standard);
    }

    static boolean isTrue(String text) {
        return Set.of("1", "yes", "y", "true", "t", "on").contains(text.toLowerCase(Locale.ROOT));
    }

    static boolean isFalse(String text) {
        return Set.of("0", "no", "n", "false", "f", "off").contains(text.toLowerCase(Locale.ROOT));
    }
}
