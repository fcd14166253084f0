package org.emperor.rehearsal;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.emperor.monitor.Change;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalSpec;

/**
 * Waits until the emperor has nothing to do, and then plays edits of a vassal file and deaths of a vassal to the code that
 * handles them, about a second's work, on a stage of its own: no process is made and no vassal is touched. Nobody waits for
 * it and nothing depends on it.
 */
public final class Rehearsal implements Runnable {
    private static final System.Logger LOG = System.getLogger(Rehearsal.class.getName());
    private static final Duration CALM = Duration.ofMillis(250);
    /** HotSpot gives what its compilers took back to the C library each five seconds. */
    private static final Duration COMPILERS_DONE = Duration.ofSeconds(6);

    private final Function<Path, SpecResult> reader;
    private final Consumer<VassalSpec> launch;
    private final Path stage;
    private final LongSupplier turns;
    private final Runnable settle;
    private final CountDownLatch over = new CountDownLatch(1);

    /**
     * @param reader reads one vassal file
     * @param launch rehearses a launch
     * @param stage a directory that does not exist; it is made and removed
     * @param turns grows whenever the emperor does something
     * @param settle gives back what only the start and the rehearsal needed
     */
    public Rehearsal(
            Function<Path, SpecResult> reader,
            Consumer<VassalSpec> launch,
            Path stage,
            LongSupplier turns,
            Runnable settle) {
        this.reader = reader;
        this.launch = launch;
        this.stage = stage;
        this.turns = turns;
        this.settle = settle;
    }

    @Override
    public void run() {
        try {
            if (isCalmBeforeTheEnd()) {
                rehearse();
            }
            settle.run();
            if (!over.await(COMPILERS_DONE.toMillis(), TimeUnit.MILLISECONDS)) {
                settle.run();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void rehearse() {
        try {
            play();
        } catch (IOException | RuntimeException failure) {
            LOG.log(Level.INFO, "no rehearsal, so first reactions take longer: " + failure);
        }
    }

    /** Ends {@link #run} soon; callable from any thread. */
    public void stop() {
        over.countDown();
    }

    private boolean isCalmBeforeTheEnd() throws InterruptedException {
        long before = -1;
        while (!over.await(CALM.toMillis(), TimeUnit.MILLISECONDS)) {
            long now = turns.getAsLong();
            if (now == before) {
                return true;
            }
            before = now;
        }
        return false;
    }

    private void play() throws IOException {
        Files.createDirectories(stage);
        try {
            EditPlay edits = new EditPlay(stage, reader, this::isOver);
            List<Change> told = edits.play(launch);
            new DeathPlay(told, this::isOver).play();
        } finally {
            EditPlay.clear(stage);
        }
    }

    private boolean isOver() {
        return over.getCount() == 0;
    }
}
