package org.emperor.monitor;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.emperor.jail.FileWatch;

/** The watches that all monitors share. */
final class KernelWatches implements Watches {
    private final FileWatch watch;
    private final Map<Path, Integer> holders = new HashMap<>();

    KernelWatches(FileWatch watch) {
        this.watch = watch;
    }

    @Override
    public void hold(Path directory) {
        holders.merge(directory, 1, Integer::sum);
    }

    @Override
    public Optional<String> arm(Path directory) {
        return watch.watch(directory);
    }

    @Override
    public void disarm(Path directory) {
        watch.unwatch(directory);
    }

    @Override
    public void release(Path directory) {
        if (holders.merge(directory, -1, Integer::sum) == 0) {
            holders.remove(directory);
            watch.unwatch(directory);
        }
    }

    @Override
    public Optional<Boolean> isQuiet(Path file) {
        return watch.isQuiet(file);
    }
}
