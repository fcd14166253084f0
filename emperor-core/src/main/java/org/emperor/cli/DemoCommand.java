package org.emperor.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.emperor.http.HttpAddress;
import org.emperor.loop.Command;
import org.emperor.loop.Mailbox;
import org.emperor.monitor.Sources;
import org.emperor.spec.UwsgiSettings;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code emperor demo}: reigns over the example vassals in a place of their own, shows them, and leaves nothing behind. */
@CommandLine.Command(
        name = "demo",
        description = "Reigns over example vassals in a temporary directory until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofMillis(200);

    @Option(names = "--seconds", paramLabel = "N", description = "End without Ctrl-C after so many seconds.")
    private Optional<Integer> seconds = Optional.empty();

    private final CountDownLatch over = new CountDownLatch(1);

    @Override
    public Integer call() throws InterruptedException {
        try (DemoPlace place = DemoPlace.make()) {
            reign(place);
        }
        System.out.println("All vassals are stopped, and what was made for them is removed.");
        return ExitCode.FINE;
    }

    private void reign(DemoPlace place) throws InterruptedException {
        PrintStream stderr = System.err;
        Thread table = new Thread(() -> show(place), "table");
        // The daemon's lines would run through the table; loggers take the stream when they are made, so this comes
        // first.
        try (PrintStream log = new PrintStream(place.emperorLog().toFile(), StandardCharsets.UTF_8)) {
            System.setErr(log);
            new Daemon(settings(place), Platforms.installed()).reign(mailbox -> begin(place, mailbox, table));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException failure) {
            stderr.print(text(place));
            throw failure;
        } finally {
            System.setErr(stderr);
            over.countDown();
            table.join();
        }
    }

    private static RunSettings settings(DemoPlace place) {
        return new RunSettings(
                List.of(place.vassals().toString()),
                place.state(),
                place.state().resolve("data"),
                Optional.of(place.logs()),
                Optional.of(new HttpAddress("127.0.0.1", place.httpPort())),
                Sources.RESCAN,
                List.of(),
                UwsgiSettings.USUAL,
                System.Logger.Level.INFO);
    }

    /** The emperor handles signals from now on, so what is made from here on is removed at the end. */
    private void begin(DemoPlace place, Mailbox mailbox, Thread table) {
        place.furnish();
        System.out.print(place.greeting());
        table.start();
        Thread end = new Thread(() -> awaitEnd(mailbox), "end");
        end.setDaemon(true);
        end.start();
    }

    private void show(DemoPlace place) {
        try {
            while (Files.notExists(place.socket()) && !over.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                // Until then the table would only say that no emperor answers.
            }
            LiveTable.showUntil(over, place.state());
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException("nobody interrupts the table", unexpected);
        }
    }

    /** A closed terminal sends HUP, which means reload to an emperor; that nobody can read the table any more tells it. */
    private void awaitEnd(Mailbox mailbox) {
        long end = System.nanoTime()
                + seconds.map(Duration::ofSeconds).orElse(Duration.ofDays(365)).toNanos();
        try {
            while (System.nanoTime() < end && !System.out.checkError()) {
                if (over.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            mailbox.put(new Command.StopAll());
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException("nobody interrupts the demo", unexpected);
        }
    }

    private static String text(DemoPlace place) {
        try {
            return Files.readString(place.emperorLog());
        } catch (IOException unreadable) {
            return "";
        }
    }
}
