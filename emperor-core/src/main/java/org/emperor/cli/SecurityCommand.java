package org.emperor.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emperor.jail.HostFacts;
import org.emperor.jail.Platform;
import org.emperor.monitor.VassalFileReader;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code emperor security}: what protects this host from a vassal's program, what does not, and why. */
@Command(
        name = "security",
        description = "Tells what stands between the program of a vassal and this host, what does not, and why.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"  0:it is told", "  4:no such vassal", "  5:no daemon answers", "100:the file is refused"})
final class SecurityCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME|FILE", description = "A vassal of the daemon, or a vassal file.")
    private String vassal = "";

    @Option(names = "--json", description = "The same as a JSON object: vassal, file, platform, protections.")
    private boolean json;

    @Option(names = "--state-dir", paramLabel = "DIR", description = "The state directory of the daemon that is asked.")
    private Optional<Path> stateDir = Optional.empty();

    @Mixin
    private InstanceOption instance = new InstanceOption();

    @Mixin
    private ReadAsDaemon daemon = new ReadAsDaemon();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Platforms platforms;

    SecurityCommand() {
        this(Platforms.installed());
    }

    SecurityCommand(Platforms platforms) {
        this.platforms = platforms;
    }

    @Override
    public Integer call() {
        Platform platform = platforms.here();
        HostFacts facts = platform.probe();
        Path file = file();
        RunSettings settings = daemon.settings(StandardPlaces.ofThisProcess());
        VassalFileReader reader = platforms.reader(platform, facts, settings);
        SpecResult result = reader.read(file, wanted().orElse(VassalFileReader.EXAMPLE));
        if (result instanceof SpecResult.Accepted accepted) {
            VassalSpec found = InstanceOption.of(file, accepted, wanted());
            print(new SecurityReport(found, platform.name(), platform.protections(found, facts)));
            return ExitCode.FINE;
        }
        PrintWriter err = spec.commandLine().getErr();
        ((SpecResult.Refused) result).problems().forEach(problem -> err.println(Printable.of(problem.toString())));
        err.flush();
        return ExitCode.MISTAKE;
    }

    private void print(SecurityReport report) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? report.json() : report.text());
        out.flush();
    }

    /** What looks like a file is one; anything else only the daemon knows. */
    private Path file() {
        Path path = Path.of(vassal);
        return path.getNameCount() > 1 || path.isAbsolute() || Files.exists(path) ? path : fileOfVassal();
    }

    private Path fileOfVassal() {
        Path state = stateDir.orElseGet(() -> StandardPlaces.ofThisProcess().state());
        String document = new VassalDocument(state).of(vassal);
        RealmReport.Origin origin = RealmReport.origin(document);
        Path file = Path.of(origin.source()).resolve(origin.id());
        if (!Files.isRegularFile(file)) {
            throw new CommandFailure(
                    ExitCode.MISTAKE,
                    "cannot find the file of vassal " + Printable.of(vassal) + ": there is no "
                            + Printable.of(file.toString()) + "; name the file instead");
        }
        return file;
    }

    private Optional<String> wanted() {
        return instance.name().isPresent()
                ? instance.name()
                : VassalName.parse(vassal).flatMap(VassalName::instance);
    }
}
