package org.emperor.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emperor.lang.HostSurroundings;
import org.emperor.lang.Language;
import org.emperor.lang.Reading;
import org.emperor.lang.RegularFile;
import org.emperor.lang.Setting;
import org.emperor.lang.Surroundings;
import org.emperor.lang.Surroundings.Source;
import org.emperor.monitor.VassalFileReader;
import org.emperor.spec.Instances;
import org.emperor.spec.Options;
import org.emperor.spec.VassalName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code emperor show}: what a vassal file says once its includes, logic and placeholders are followed. */
@Command(
        name = "show",
        description = "Prints the settings of a vassal file as one INI section, with where each was written.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"  0:the settings are printed", "100:some have no value; the others are printed"})
final class ShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The vassal file, in any format.")
    private Path file = Path.of("");

    @Option(names = "--section", paramLabel = "NAME", description = "Another section than vassal.")
    private String section = "vassal";

    @Mixin
    private InstanceOption instance = new InstanceOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Platforms platforms;

    ShowCommand() {
        this(Platforms.installed());
    }

    ShowCommand(Platforms platforms) {
        this.platforms = platforms;
    }

    @Override
    public Integer call() {
        Reading reading = read();
        PrintWriter out = spec.commandLine().getOut();
        out.println("[" + Printable.of(section) + "]");
        for (Setting setting : reading.settings()) {
            out.println("# " + Origin.of(setting));
            out.println(Printable.of(setting.key()) + " = " + Printable.of(setting.value()));
        }
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        reading.messages()
                .forEach(message -> err.println(Printable.of(message.position() + ": print: " + message.text())));
        reading.problems().forEach(problem -> err.println(Printable.of(problem.toString())));
        err.flush();
        return reading.problems().isEmpty() ? ExitCode.FINE : ExitCode.MISTAKE;
    }

    private Reading read() {
        Source source = RegularFile.read(file);
        if (source instanceof Source.Refused refused) {
            throw new CommandFailure(
                    ExitCode.MISTAKE, "cannot show " + Printable.of(file.toString()) + ": " + refused.reason());
        }
        Surroundings host = new HostSurroundings(
                () -> ProcessFacts.of(platforms.here().accounts().self()));
        byte[] content = ((Source.Content) source).bytes();
        Optional<VassalName> name = VassalFileReader.vassal(file, instance.orExample());
        Reading reading = read(name, content, host);
        if (reading.keys().contains(Options.INSTANCES)
                && instance(name).isEmpty()
                && Instances.has(reading, instance.name().orElse("1"))) {
            name = name.flatMap(it -> it.withInstance(instance.name().orElse("1")));
            reading = read(name, content, host);
        }
        if (instance.name().isPresent() && !instance.name().equals(instance(name))) {
            throw InstanceOption.none(file, instance.name().orElse(""));
        }
        if (reading.header(section).isEmpty() && reading.problems().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.MISTAKE,
                    "cannot show " + Printable.of(file.toString()) + ": no [" + Printable.of(section) + "] section");
        }
        return reading;
    }

    private static Optional<String> instance(Optional<VassalName> name) {
        return name.flatMap(VassalName::instance);
    }

    private Reading read(Optional<VassalName> name, byte[] content, Surroundings host) {
        return Language.read(
                file.toString(),
                content,
                section,
                host,
                name.map(VassalName::placeholders).orElse(Map.of()));
    }
}
