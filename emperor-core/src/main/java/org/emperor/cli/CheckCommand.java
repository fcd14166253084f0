package org.emperor.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.emperor.lang.Problem;
import org.emperor.monitor.VassalFileReader;
import org.emperor.spec.SpecResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code emperor check}: what the daemon would say of these files, without it. */
@Command(
        name = "check",
        description = "Tells every problem of vassal files, a line each.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"  0:no problem", "100:some problem"})
final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE|DIR", arity = "1..*", description = "Vassal files, or directories of them.")
    private List<Path> places = List.of();

    @Option(names = "--json", description = "The problems as a JSON array.")
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
        VassalFileReader reader = platforms.reader(
                platforms.here(),
                daemon.settings(StandardPlaces.ofThisProcess()).defaults());
        List<Problem> problems = VassalFiles.of(places).stream()
                .flatMap(file -> problems(reader.read(file)).stream())
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(array(problems).toPrettyString());
        } else {
            problems.forEach(problem -> out.println(Printable.of(problem.toString())));
        }
        out.flush();
        return problems.isEmpty() ? ExitCode.FINE : ExitCode.MISTAKE;
    }

    private static List<Problem> problems(SpecResult result) {
        return result instanceof SpecResult.Refused refused ? refused.problems() : List.of();
    }

    private static ArrayNode array(List<Problem> problems) {
        ArrayNode array = new ObjectMapper().createArrayNode();
        for (Problem problem : problems) {
            ObjectNode node = array.addObject();
            node.put("file", problem.position().file());
            node.put("line", problem.position().line());
            node.put("column", problem.position().column());
            node.put("key", problem.key());
            node.put("rule", problem.rule());
            node.put("remedy", problem.remedy());
        }
        return array;
    }
}
