package org.emperor.monitor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.emperor.monitor.Claim.Rank;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalName;

/** What all sources together hold, by vassal: of several files of one name the first counts. */
final class Claims {
    private final Map<String, Claim> claims = new HashMap<>();
    private final Map<Rank, Set<String>> keys = new HashMap<>();
    private final Map<String, Claim> unsettled = new LinkedHashMap<>();

    /** @param order the place of the source among all */
    void take(int order, String source, Scan scan) {
        for (Path file : scan.gone()) {
            Rank rank = new Rank(order, source, file);
            withdraw(rank, keys.getOrDefault(rank, Set.of()), Set.of());
            keys.remove(rank);
        }
        for (Sighting sighting : scan.seen()) {
            take(new Rank(order, source, sighting.file()), sighting);
        }
    }

    private void take(Rank rank, Sighting sighting) {
        Set<String> before = keys.getOrDefault(rank, Set.of());
        boolean isRefused = sighting.result() instanceof SpecResult.Refused;
        Set<String> now = isRefused && !before.isEmpty() ? before : open(sighting); // a bad edit ends no vassal
        now.forEach(key -> claim(key).add(rank, sighting));
        withdraw(rank, before, now);
        keys.put(rank, now);
    }

    private void withdraw(Rank rank, Set<String> before, Set<String> now) {
        for (String key : before) {
            if (!now.contains(key)) {
                claim(key).remove(rank);
            }
        }
    }

    private Set<String> open(Sighting sighting) {
        Set<String> opened = new LinkedHashSet<>();
        for (Optional<VassalName> name : sighting.names()) {
            String key = name.map(VassalName::text).orElse(sighting.file().toString()); // a path, which no name can be
            claims.computeIfAbsent(key, k -> new Claim(name));
            opened.add(key);
        }
        return opened;
    }

    /** An open claim, which is to be settled again. */
    private Claim claim(String key) {
        Claim claim = Objects.requireNonNull(claims.get(key), key);
        unsettled.put(key, claim);
        return claim;
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
