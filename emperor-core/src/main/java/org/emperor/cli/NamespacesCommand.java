package org.emperor.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emperor.jail.Visits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code emperor ns}: who is in which namespace. */
@Command(
        name = "ns",
        description = "Shows the namespaces of all vassals that run, or of one.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"  0:shown", "  4:no such vassal", "  5:no daemon answers", "111:this host has no namespaces"})
final class NamespacesCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The vassal; all if not given.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--json", description = "A JSON object instead of a table.")
    private boolean json;

    @Option(names = "--state-dir", paramLabel = "DIR", description = "The daemon's state directory.")
    private Optional<Path> stateDir = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Platforms platforms;

    NamespacesCommand() {
        this(Platforms.installed());
    }

    NamespacesCommand(Platforms platforms) {
        this.platforms = platforms;
    }

    @Override
    public Integer call() {
        Visits visits = platforms.visits();
        Standing standing = Standing.of(
                stateDir.orElseGet(() -> StandardPlaces.ofThisProcess().state()));
        NamespaceMap all = NamespaceMap.of(standing, visits::namespaces);
        NamespaceMap shown = name.map(standing::named)
                .map(vassal -> all.only(vassal.name().text()))
                .orElse(all);
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? shown.json() : shown.table());
        out.flush();
        return ExitCode.FINE;
    }
}
