package org.emperor.spec;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.emperor.lang.EditDistance;

/** All keys a vassal file may have here: the portable ones, the platform's, and by name those of other platforms. */
public final class OptionTable {
    private static final int FARTHEST = 2;

    private final Map<String, Option> known = new LinkedHashMap<>();
    private final Set<String> jail;
    private final Map<String, String> foreign;

    /**
     * @param platform the keys of the platform this emperor runs on; their settings become {@link VassalSpec#jail}
     * @param foreign keys that work on another platform only, each with that platform's name; a key that is known here
     *     too is not foreign
     * @throws IllegalArgumentException if two options have the same key
     */
    public OptionTable(List<Option> portable, List<Option> platform, Map<String, String> foreign) {
        portable.forEach(this::add);
        platform.forEach(this::add);
        this.jail = platform.stream().map(Option::key).collect(Collectors.toUnmodifiableSet());
        this.foreign = Map.copyOf(foreign);
    }

    private void add(Option option) {
        if (known.put(option.key(), option) != null) {
            throw new IllegalArgumentException("option " + option.key() + " is in the table twice");
        }
    }

    /** All options, the portable ones first. */
    public Collection<Option> options() {
        return Collections.unmodifiableCollection(known.values());
    }

    public Optional<Option> option(String key) {
        return Optional.ofNullable(known.get(key));
    }

    /** Whether the key is the platform's, and its settings go to the jail. */
    boolean isJail(String key) {
        return jail.contains(key);
    }

    /** The platform that knows this key, if it is not this one. */
    Optional<String> elsewhere(String key) {
        return Optional.ofNullable(foreign.get(key));
    }

    /** The known key that was probably meant: at most two slips away, and at most half of the word. */
    public Optional<String> nearest(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        int farthest = Math.min(FARTHEST, lower.length() / 2);
        return known.keySet().stream()
                .filter(candidate -> EditDistance.between(lower, candidate, farthest) <= farthest)
                .min(Comparator.<String>comparingInt(candidate -> EditDistance.between(lower, candidate, farthest))
                        .thenComparing(Comparator.naturalOrder()));
    }
}
