package org.emperor.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code emperor shell}: a terminal in a jail. */
@Command(
        name = "shell",
        description = "Opens a shell, or runs a command, in the jail of a vassal, on a terminal of its own.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes are the command's own, 128 and the number of a signal that ended it, and:%n",
        exitCodeList = {
            "  3:the vassal has no jail now",
            "  4:no such vassal",
            "  5:no daemon answers",
            "111:the jail cannot be entered",
            "126:the command cannot be run",
            "127:there is no such command in the jail"
        })
final class ShellCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "The vassal.")
    private String name = "";

    @Parameters(
            index = "1..*",
            paramLabel = "COMMAND",
            arity = "0..*",
            description = "What to run instead of the jail's bash or sh; write -- before it.")
    private List<String> command = new ArrayList<>();

    @Mixin
    private VisitOptions options = new VisitOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Platforms platforms;

    ShellCommand() {
        this(Platforms.installed());
    }

    ShellCommand(Platforms platforms) {
        this.platforms = platforms;
    }

    @Override
    public Integer call() {
        return options.run(platforms, name, command, true, spec.commandLine().getErr());
    }
}
