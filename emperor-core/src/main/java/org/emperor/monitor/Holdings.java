package org.emperor.monitor;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of many directories hold watches, and on what. Whatever one of them wants to hear of happens in a directory that it
 * holds, so that a note need not be shown to the others.
 */
final class Holdings {
    private final Watches watches;
    private final Map<Path, Map<Path, Integer>> holders = new HashMap<>();

    Holdings(Watches watches) {
        this.watches = watches;
    }

    /** The watches as that one is to use them. */
    Watches of(Path holder) {
        return new Own(holder);
    }

    /** Whom a note about this directory may concern. */
    List<Path> holders(Path directory) {
        return List.copyOf(holders.getOrDefault(directory, Map.of()).keySet());
    }

    private final class Own implements Watches {
        private final Path holder;

        Own(Path holder) {
            this.holder = holder;
        }

        @Override
        public void hold(Path directory) {
            holders.computeIfAbsent(directory, d -> new HashMap<>()).merge(holder, 1, Integer::sum);
            watches.hold(directory);
        }

        @Override
        public Optional<String> arm(Path directory) {
            return watches.arm(directory);
        }

        @Override
        public void disarm(Path directory) {
            watches.disarm(directory);
        }

        @Override
        public void release(Path directory) {
            holders.computeIfPresent(directory, (d, those) -> {
                those.computeIfPresent(holder, (h, many) -> many == 1 ? null : many - 1);
                return those.isEmpty() ? null : those;
            });
            watches.release(directory);
        }

        @Override
        public Optional<Boolean> isQuiet(Path file) {
            return watches.isQuiet(file);
        }
    }
}
