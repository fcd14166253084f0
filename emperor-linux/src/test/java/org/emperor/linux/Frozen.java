package org.emperor.linux;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that not even SIGKILL ends before it is thawed: by the freezer of cgroup v1, as if it waited for a dead disk. */
final class Frozen implements AutoCloseable {
    private static final Path FREEZER = Path.of("/sys/fs/cgroup/freezer");

    private final Path cgroup;

    Frozen(long pid) {
        assumeTrue(Files.isDirectory(FREEZER), "needs the freezer of cgroup v1 at " + FREEZER);
        cgroup = FREEZER.resolve("emperor-test-" + pid);
        try {
            Files.createDirectory(cgroup);
            Files.writeString(cgroup.resolve("cgroup.procs"), Long.toString(pid));
            Files.writeString(cgroup.resolve("freezer.state"), "FROZEN");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void thaw() {
        try {
            Files.writeString(cgroup.resolve("freezer.state"), "THAWED");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After the process is gone. */
    @Override
    public void close() {
        thaw();
        long limit = System.nanoTime() + 10_000_000_000L;
        while (!cgroup.toFile().delete() && System.nanoTime() < limit) {
            Thread.onSpinWait();
        }
    }
}
