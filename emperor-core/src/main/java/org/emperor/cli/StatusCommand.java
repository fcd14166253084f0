package org.emperor.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code emperor status}: asks the daemon how its vassals are. */
@Command(
        name = "status",
        description = "Shows all vassals, or one.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all as wanted",
            "3:some vassal failed, is refused or backs off, or the emperor tells of a trouble",
            "4:no such vassal",
            "5:no daemon answers"
        })
final class StatusCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The vassal; all if not given.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--json", description = "The answer of the API as it is.")
    private boolean json;

    @Option(names = "--state-dir", paramLabel = "DIR", description = "The daemon's state directory.")
    private Optional<Path> stateDir = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Path state = stateDir.orElseGet(() -> StandardPlaces.ofThisProcess().state());
        VassalDocument documents = new VassalDocument(state);
        String document = name.map(documents::of).orElseGet(documents::ofAll);
        RealmReport report = RealmReport.parse(document);
        print(
                json
                        ? document
                        : new StatusTable(Terminal.wantsColour(Terminal.isTerminal(), System.getenv())).of(report));
        return report.isAsWanted() ? ExitCode.FINE : ExitCode.NOT_AS_WANTED;
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
    }
}
