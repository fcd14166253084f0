package org.emperor.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.emperor.jail.FileWatch;
import org.emperor.monitor.Change;
import org.emperor.monitor.ImperialMonitor;
import org.emperor.monitor.Sources;
import org.emperor.monitor.Survey;
import org.emperor.monitor.VassalReader;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalSpec;

/** A vassal file is written again and again, and a monitor told of it each time. */
final class EditPlay implements FileWatch {
    private static final int SCENES = 1000;
    private static final int SCENES_PER_LAUNCH = 2; // one makes directories and files: the kernel's work, not Java's
    private static final int REMEMBERED = 4;
    private static final String NAME = "rehearsal.ini";

    private final Path stage;
    private final Function<Path, SpecResult> reader;
    private final BooleanSupplier isOver;
    private final StageClock clock = new StageClock();
    private final List<Change> told = new ArrayList<>();
    private int scene;

    EditPlay(Path stage, Function<Path, SpecResult> reader, BooleanSupplier isOver) {
        this.stage = stage;
        this.reader = reader;
        this.isOver = isOver;
    }

    /**
     * @param launch rehearses a launch
     * @return some of the changes that were told, the first an appearance
     */
    List<Change> play(Consumer<VassalSpec> launch) {
        ImperialMonitor monitor = new Sources(reader::apply, this, clock, Sources.RESCAN).monitor("dir://" + stage);
        VassalReader[] vassals = new VassalReader[1];
        vassals[0] = new VassalReader(List.of(monitor), this, clock, survey -> {
            hear(survey, launch);
            if (scene >= SCENES || isOver.getAsBoolean()) {
                vassals[0].stop();
            }
        });
        vassals[0].run();
        return told;
    }

    private void hear(Survey survey, Consumer<VassalSpec> launch) {
        for (Change change : survey.changes()) {
            if (scene % SCENES_PER_LAUNCH == 0) {
                change.spec().ifPresent(launch);
            }
            if (told.size() < REMEMBERED) {
                told.add(change);
            }
        }
    }

    static void clear(Path stage) throws IOException {
        Files.deleteIfExists(stage.resolve(NAME));
        Files.delete(stage);
    }

    @Override
    public List<Note> await(Duration atMost) {
        scene++;
        clock.nextScene();
        try {
            Files.writeString(stage.resolve(NAME), text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(new Note(Kind.COMPLETE, stage, NAME));
    }

    private String text() {
        return """
                # played by the emperor to itself; nothing runs because of it
                [vassal]
                exec = /bin/true --scene %d
                env = LANG=C
                env = SCENE=%d
                chdir = /
                stop-signal = INT
                stop-grace = 5s
                loyal-after = 1s
                """.formatted(scene, scene);
    }

    @Override
    public Optional<String> watch(Path directory) {
        return Optional.empty();
    }

    @Override
    public void unwatch(Path directory) {}

    @Override
    public void wake() {}

    @Override
    public Optional<Boolean> isQuiet(Path file) {
        return Optional.of(true);
    }

    @Override
    public void close() {}
}
