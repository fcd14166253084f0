package org.emperor.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code emperor shell}: a terminal in a jail. */
@Command(
        name = "shell",
        description = "Opens a shell, or runs a command, in the jail of a vassal, on a terminal of its own.",
        mixinStandardHelpOptions = true)
final class ShellCommand implements Callable<Integer> {
    @Mixin
    private final VisitOptions visit;

    @Parameters(
            index = "1..*",
            paramLabel = "COMMAND",
            arity = "0..*",
            description = "What to run instead of the jail's bash or sh; write -- before it.")
    private List<String> command = new ArrayList<>();

    ShellCommand() {
        this(Platforms.installed());
    }

    ShellCommand(Platforms platforms) {
        visit = new VisitOptions(platforms);
    }

    @Override
    public Integer call() {
        return visit.run(command, true);
    }
}
