package org.emperor.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.emperor.monitor.VassalFileReader;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalSpec;
import picocli.CommandLine.Option;

/** Which of the vassals of one file a command is about. */
final class InstanceOption {
    @Option(
            names = "--instance",
            paramLabel = "NAME",
            description = "Which instance of a template or of a file with instances; example or 1 if not given.")
    private Optional<String> name = Optional.empty();

    Optional<String> name() {
        return name;
    }

    /** What a template is read as. */
    String orExample() {
        return name.orElse(VassalFileReader.EXAMPLE);
    }

    /**
     * The vassal of that instance, or the first if none is wanted.
     *
     * @throws CommandFailure if the file has no such instance
     */
    static VassalSpec of(Path file, SpecResult.Accepted accepted, Optional<String> wanted) {
        return accepted.vassals().stream()
                .filter(vassal -> wanted.isEmpty() || vassal.name().instance().equals(wanted))
                .findFirst()
                .orElseThrow(() -> none(file, wanted.orElse("")));
    }

    static CommandFailure none(Path file, String instance) {
        return new CommandFailure(
                ExitCode.MISTAKE, Printable.of(file.toString()) + " has no instance " + Printable.of(instance));
    }
}
