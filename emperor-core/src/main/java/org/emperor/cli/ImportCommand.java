package org.emperor.cli;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emperor.lang.RegularFile;
import org.emperor.lang.Surroundings.Source;
import org.emperor.migration.Migration;
import org.emperor.migration.Migration.VassalText;
import org.emperor.migration.Supervisord;
import org.emperor.migration.SystemdUnit;
import org.emperor.spec.OptionTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code emperor import}: vassal files for what another supervisor runs. */
@Command(
        name = "import",
        description = "Prints vassal files for the programs of another supervisor, and what they cannot say.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "  0:every program has its vassal file; what these cannot say is on standard error",
            "  2:no such supervisor is known",
            "100:the file is wrong, some program can be no vassal, or a file to write is there already"
        })
final class ImportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "supervisord|systemd", description = "Whose file it is.")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "Its configuration file, or a service unit.")
    private Path file = Path.of("");

    @Option(names = "--output", paramLabel = "DIR", description = "Writes files there, never over others.")
    private Optional<Path> output = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Platforms platforms;

    ImportCommand() {
        this(Platforms.installed());
    }

    ImportCommand(Platforms platforms) {
        this.platforms = platforms;
    }

    @Override
    public Integer call() {
        Migration migration = migration(platforms.table(platforms.here()));
        PrintWriter err = spec.commandLine().getErr();
        migration.losses().forEach(loss -> err.println(Printable.of(loss.toString())));
        migration.problems().forEach(problem -> err.println("refused: " + Printable.of(problem.toString())));
        err.flush();
        if (output.isPresent()) {
            write(migration, output.get());
        } else {
            print(migration);
        }
        return migration.problems().isEmpty() ? ExitCode.FINE : ExitCode.MISTAKE;
    }

    private Migration migration(OptionTable table) {
        return switch (kind) {
            case "supervisord" -> {
                Path parent = file.toAbsolutePath().normalize().getParent();
                String here = parent == null ? "/" : parent.toString();
                yield Supervisord.convert(file.toString(), here, text(), table);
            }
            case "systemd" -> SystemdUnit.convert(file.toString(), text(), table);
            default ->
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "cannot import from " + Printable.of(kind) + ": known are supervisord and systemd");
        };
    }

    private String text() {
        Source source = RegularFile.read(file);
        if (source instanceof Source.Refused refused) {
            throw failure("import", file, refused.reason());
        }
        try {
            byte[] bytes = ((Source.Content) source).bytes();
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw failure("import", file, "is not UTF-8");
        }
    }

    private void print(Migration migration) {
        PrintWriter out = spec.commandLine().getOut();
        boolean several = migration.vassals().size() > 1;
        for (VassalText vassal : migration.vassals()) {
            if (several) {
                out.println("# file " + vassal.name() + ".ini");
            }
            out.print(vassal.text());
        }
        out.flush();
    }

    /** All or none: whether one is there already is looked up before the first is written. */
    private static void write(Migration migration, Path directory) {
        for (VassalText vassal : migration.vassals()) {
            Path target = directory.resolve(vassal.name() + ".ini");
            if (Files.exists(target)) {
                throw failure("write", target, "is there already; nothing was written");
            }
        }
        for (VassalText vassal : migration.vassals()) {
            Path target = directory.resolve(vassal.name() + ".ini");
            NewFile.write(target, vassal.text().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static CommandFailure failure(String verb, Path path, String reason) {
        return new CommandFailure(
                ExitCode.MISTAKE, "cannot " + verb + " " + Printable.of(path.toString()) + ": " + reason);
    }
}
