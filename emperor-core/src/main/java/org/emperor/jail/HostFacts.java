package org.emperor.jail;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a platform found out about its host, at start or, where it changes, since: fact name to value, so that plans are
 * pure and facts printable.
 */
public record HostFacts(String platform, SortedMap<String, String> facts) {
    public HostFacts {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    public HostFacts(String platform, Map<String, String> facts) {
        this(platform, new TreeMap<>(facts));
    }

    /** The fact, or empty text if it was not found. */
    public String text(String fact) {
        return facts.getOrDefault(fact, "");
    }

    public boolean has(String fact) {
        return text(fact).equals("yes");
    }
}
