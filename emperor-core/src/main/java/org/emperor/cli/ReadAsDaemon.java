package org.emperor.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emperor.lang.Position;
import org.emperor.lang.Setting;
import picocli.CommandLine.Option;

/** The options with which a command reads vassal files as a daemon with the same options would. */
final class ReadAsDaemon {
    @Option(names = "--config", paramLabel = "FILE", description = "The daemon's settings.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--" + RunOptions.USE_CLONE,
            paramLabel = "LIST",
            description = "Namespaces of vassals whose file has no clone.")
    private Optional<String> useClone = Optional.empty();

    @Option(
            names = "--" + RunOptions.EXTRA_EXTENSION,
            paramLabel = "ENDING",
            description = "A further ending of vassal files, such as .vassal.")
    private List<String> endings = List.of();

    /** @throws CommandFailure if the daemon would not accept its settings */
    RunSettings settings(StandardPlaces places) {
        List<Setting> said = new ArrayList<>();
        useClone.ifPresent(value -> said.add(said(RunOptions.USE_CLONE, value)));
        endings.forEach(value -> said.add(said(RunOptions.EXTRA_EXTENSION, value)));
        RunArguments arguments = new RunArguments(said, config.map(Path::toString), false);
        return SettingsReader.read(arguments, places);
    }

    private static Setting said(String key, String value) {
        return new Setting(key, value, Position.of("command line"));
    }
}
