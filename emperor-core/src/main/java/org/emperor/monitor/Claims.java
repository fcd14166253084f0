package org.emperor.monitor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emperor.monitor.Claim.Rank;

/** What all sources together hold, by vassal: of several files of one name the first counts. */
final class Claims {
    private final Map<String, Claim> claims = new HashMap<>();
    private final Map<Rank, String> keys = new HashMap<>();
    private final Map<String, Claim> unsettled = new LinkedHashMap<>();

    /** @param order the place of the source among all */
    void take(int order, String source, Scan scan) {
        for (Path file : scan.gone()) {
            String key = keys.remove(new Rank(order, source, file));
            Claim claim = key == null ? null : claims.get(key);
            if (key != null && claim != null) {
                claim.remove(new Rank(order, source, file));
                unsettled.put(key, claim);
            }
        }
        for (Sighting sighting : scan.seen()) {
            Rank rank = new Rank(order, source, sighting.file());
            String key = key(sighting);
            Claim claim = claims.computeIfAbsent(key, k -> new Claim(sighting.name()));
            claim.add(rank, sighting);
            keys.put(rank, key);
            unsettled.put(key, claim);
        }
    }

    /** A path, which no name can be, for a file that is no vassal's. */
    private static String key(Sighting sighting) {
        return sighting.name().map(name -> name.text()).orElse(sighting.file().toString());
    }

    /** The differences since the last call: first what vanished, so that what came instead finds its place free. */
    List<Change> settle() {
        List<Change> changes = new ArrayList<>();
        List<Change> others = new ArrayList<>();
        unsettled.forEach((key, claim) -> {
            claim.settle(changes, others);
            if (claim.isEmpty()) {
                claims.remove(key);
            }
        });
        unsettled.clear();
        changes.addAll(others);
        return changes;
    }
}
