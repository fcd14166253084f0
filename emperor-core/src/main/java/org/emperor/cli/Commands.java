package org.emperor.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** All commands but {@code run}, which is only named here. */
@Command(
        name = "emperor",
        description = "Runs every program of a directory of vassal files in its own fresh jail.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class,
        subcommands = {
            Commands.Run.class,
            StatusCommand.class,
            ExecCommand.class,
            ShellCommand.class,
            NamespacesCommand.class,
            CheckCommand.class,
            PlanCommand.class,
            SecurityCommand.class,
            ShowCommand.class,
            ImportCommand.class,
            DemoCommand.class,
            HelpCommand.class
        })
final class Commands implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    static int execute(String... args) {
        StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        int code = line().setOut(out.writer()).execute(args);
        Optional<String> failure = out.failure();
        failure.ifPresent(why -> System.err.println("emperor: " + why));
        return failure.isPresent() ? ExitCode.HOST_REFUSED : code;
    }

    static CommandLine line() {
        CommandLine line = new CommandLine(new Commands());
        CommandLine.IParameterExceptionHandler usual = line.getParameterExceptionHandler();
        return line.setExecutionExceptionHandler(Commands::fail)
                .setExecutionStrategy(Commands::run)
                .setParameterExceptionHandler((mistake, args) ->
                        isCommand(mistake) ? refuse(mistake) : usual.handleParseException(mistake, args))
                .setUsageHelpAutoWidth(true);
    }

    /** Help is asked for a command that there is. */
    private static int run(CommandLine.ParseResult parsed) {
        if (!parsed.hasSubcommand() && !parsed.unmatched().isEmpty()) {
            CommandLine line = parsed.commandSpec().commandLine();
            throw new CommandLine.UnmatchedArgumentException(line, parsed.unmatched());
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    /** Whether what is wrong is the name of a command. */
    private static boolean isCommand(CommandLine.ParameterException mistake) {
        return mistake instanceof CommandLine.UnmatchedArgumentException unmatched
                && unmatched.getCommandLine().getParent() == null
                && !unmatched.isUnknownOption();
    }

    private static int refuse(CommandLine.ParameterException mistake) {
        PrintWriter err = mistake.getCommandLine().getErr();
        CommandLine.UnmatchedArgumentException unmatched = (CommandLine.UnmatchedArgumentException) mistake;
        err.println("emperor: unknown command \""
                + Printable.of(unmatched.getUnmatched().get(0)) + "\"");
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(mistake, err)) {
            err.println("see emperor --help");
        }
        err.flush();
        return ExitCode.USAGE;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    static int fail(Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (failure instanceof CommandFailure known) {
            PrintWriter err = command.getErr();
            err.println(known.text());
            err.flush();
            return known.exitCode();
        }
        throw failure;
    }

    /** Dispatched before picocli is loaded; here for the list of commands. */
    @Command(name = "run", description = "Reigns over the vassals, in the foreground; see emperor run --help.")
    static final class Run implements Callable<Integer> {
        @Override
        public Integer call() {
            return ExitCode.USAGE;
        }
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"emperor " + BuildVersion.text()};
        }
    }
}
