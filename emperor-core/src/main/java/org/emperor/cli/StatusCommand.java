package org.emperor.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emperor.spec.VassalName;
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
            "3:some vassal failed, is refused or backs off",
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
        String document = document(new ControlSocket(state.toAbsolutePath().resolve("emperor.sock")));
        RealmReport report = RealmReport.parse(document);
        print(
                json
                        ? document
                        : new StatusTable(Terminal.wantsColour(Terminal.isTerminal(), System.getenv())).of(report));
        return report.isAsWanted() ? ExitCode.FINE : ExitCode.NOT_AS_WANTED;
    }

    private String document(ControlSocket socket) {
        ControlSocket.Answer answer = socket.get(target());
        return switch (answer.status()) {
            case 200 -> answer.body();
            case 404 -> throw unknown();
            default ->
                throw new CommandFailure(
                        ExitCode.NO_DAEMON,
                        "the emperor answers " + answer.status() + ": "
                                + answer.body().strip());
        };
    }

    private String target() {
        if (name.isEmpty()) {
            return "/api/v1/vassals";
        }
        if (VassalName.parse(name.get()).isEmpty()) {
            throw unknown();
        }
        return "/api/v1/vassals/" + URLEncoder.encode(name.get(), StandardCharsets.UTF_8);
    }

    private CommandFailure unknown() {
        return new CommandFailure(ExitCode.UNKNOWN_VASSAL, "no vassal \"" + Printable.of(name.orElse("")) + "\"");
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
    }
}
