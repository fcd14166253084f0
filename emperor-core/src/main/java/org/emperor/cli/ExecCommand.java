package org.emperor.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code emperor exec}: a command beside a vassal. */
@Command(
        name = "exec",
        description =
                "Runs a command in the jail of a vassal, with the standard streams of this one; write -- before the command.",
        mixinStandardHelpOptions = true)
final class ExecCommand implements Callable<Integer> {
    @Mixin
    private final VisitOptions visit;

    @Parameters(
            index = "1..*",
            paramLabel = "COMMAND",
            arity = "1..*",
            description = "The command and its arguments; looked for along PATH, in the jail.")
    private List<String> command = new ArrayList<>();

    ExecCommand() {
        this(Platforms.installed());
    }

    ExecCommand(Platforms platforms) {
        visit = new VisitOptions(platforms);
    }

    @Override
    public Integer call() {
        return visit.run(command, false);
    }
}
