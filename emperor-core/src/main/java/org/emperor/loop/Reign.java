package org.emperor.loop;

import java.time.Instant;
import java.util.List;
import org.emperor.realm.RespawnPolicy;

/**
 * What is settled for one emperor at its start.
 *
 * @param sources the imperial monitors as the operator gave them
 * @param respawn how vassals are tried again whose files do not say
 */
public record Reign(long pid, String version, Instant started, List<String> sources, RespawnPolicy respawn) {
    public Reign {
        sources = List.copyOf(sources);
    }
}
