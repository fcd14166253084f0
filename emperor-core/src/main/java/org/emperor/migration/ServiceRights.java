package org.emperor.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emperor.lang.Setting;

/** What the program of a service may do beyond its user's rights, and can ever gain (systemd.exec(5), Capabilities). */
final class ServiceRights {
    private static final String BOUNDING = "CapabilityBoundingSet";
    private static final String AMBIENT = "AmbientCapabilities";
    private static final String NO_NEW = "NoNewPrivileges";

    private final Assignments given;
    private final Draft draft;

    ServiceRights(Assignments given, Draft draft) {
        this.given = given;
        this.draft = draft;
    }

    void write() {
        given.last(NO_NEW)
                .filter(flag -> Assignments.isTrue(flag.value()))
                .ifPresent(flag -> draft.put(flag, "no-new-privs", "true"));
        Optional<String> bounding = list(BOUNDING);
        Optional<String> ambient = list(AMBIENT).filter(names -> !names.equals("none"));
        ambient.ifPresent(names -> draft.put(source(AMBIENT), "cap", names));
        if (bounding.isPresent()) {
            draft.put(source(BOUNDING), "cap-keep", bounding.get());
        } else if (ambient.isPresent() && given.assigned(BOUNDING).isEmpty()) {
            draft.put(source(AMBIENT), "cap-keep", "all"); // or cap alone would bound it
        }
    }

    private Setting source(String key) {
        return given.assigned(key).orElseThrow();
    }

    /** The names that all assignments together come to; empty if there are none, or some take names away. */
    private Optional<String> list(String key) {
        if (given.assigned(key).isEmpty() || given.all(key).stream().anyMatch(ServiceRights::takesAway)) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        for (Setting setting : given.all(key)) {
            for (String word : setting.value().strip().split("\\s+", -1)) {
                String name = word.toLowerCase(Locale.ROOT);
                names.add(name.startsWith("cap_") ? name.substring("cap_".length()) : name);
            }
        }
        return Optional.of(names.isEmpty() ? "none" : String.join(",", names));
    }

    private static boolean takesAway(Setting setting) {
        return setting.value().startsWith("~");
    }

    /** Whether the key is one of these. */
    boolean takes(Setting setting) {
        return switch (setting.key()) {
            case NO_NEW -> Assignments.isTrue(setting.value()) || Assignments.isFalse(setting.value());
            case BOUNDING, AMBIENT -> {
                if (takesAway(setting)) {
                    String key = setting.key().equals(BOUNDING) ? "cap-keep" : "cap";
                    draft.lose(setting, key + " takes no names away", "write " + key + " with those that remain");
                }
                yield true;
            }
            default -> false;
        };
    }
}
