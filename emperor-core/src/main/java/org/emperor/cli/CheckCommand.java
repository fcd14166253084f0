package org.emperor.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.emperor.monitor.VassalFileReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code emperor check}: what the daemon would say of these files, without it. */
@Command(
        name = "check",
        description = "Tells every problem of vassal files, a line each, and how many there are.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"  0:no problem", "100:some problem"})
final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE|DIR", arity = "1..*", description = "Vassal files, or directories of them.")
    private List<Path> places = List.of();

    @Option(names = "--json", description = "The same as a JSON object: checked, refused, problems.")
    private boolean json;

    @Mixin
    private ReadAsDaemon daemon = new ReadAsDaemon();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Platforms platforms;

    CheckCommand() {
        this(Platforms.installed());
    }

    CheckCommand(Platforms platforms) {
        this.platforms = platforms;
    }

    @Override
    public Integer call() {
        VassalFileReader reader = platforms.reader(platforms.here(), daemon.settings(StandardPlaces.ofThisProcess()));
        CheckReport report = CheckReport.of(VassalFiles.checked(places, reader));
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? report.json() : report.text());
        out.flush();
        return report.refused().isEmpty() ? ExitCode.FINE : ExitCode.MISTAKE;
    }
}
