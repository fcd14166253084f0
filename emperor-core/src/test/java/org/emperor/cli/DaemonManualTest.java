package org.emperor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.emperor.spec.GeneratedPart;
import org.emperor.spec.KeyText;
import org.emperor.spec.ManualPage;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DaemonManualTest {
    private static final ManualPage PAGE = new ManualPage("emperor.8");

    @Test
    void manualTellsEveryOptionOfTheDaemon() {
        GeneratedPart.ofManual("emperor.8", "options of the daemon")
                .assertIs(KeyText.manualOfCommand(List.copyOf(RunOptions.TABLE.options())));
    }

    @Test
    void referenceTellsEveryOptionOfTheDaemon() {
        GeneratedPart.ofMarkdown("reference.md", "options of the daemon")
                .assertIs(KeyText.markdown(List.copyOf(RunOptions.TABLE.options())));
    }

    @Test
    void manualTellsEveryCommandAndItsOptions() {
        Map<String, String> items = PAGE.items("COMMANDS", ".It Cm");
        Map<String, CommandLine> commands = Commands.line().getSubcommands();
        assertEquals(new TreeSet<>(commands.keySet()), new TreeSet<>(items.keySet()));
        commands.forEach((name, command) -> assertTells(items.get(name), command));
    }

    private static void assertTells(String item, CommandLine command) {
        for (CommandLine.Model.OptionSpec option : command.getCommandSpec().options()) {
            String name = option.longestName();
            if (!Set.of("--help", "--version").contains(name)) {
                assertTrue(item.contains(".Fl Fl " + name.substring(2) + "\n"), name + " in:\n" + item);
            }
        }
    }

    @Test
    void manualTellsEveryExitCode() throws IllegalAccessException {
        Set<String> codes = new TreeSet<>();
        for (Field field : ExitCode.class.getDeclaredFields()) {
            if (field.getType() == int.class) {
                codes.add(Integer.toString(field.getInt(null)));
            }
        }
        Set<String> told = Arrays.stream(PAGE.section("EXIT STATUS").split("\n"))
                .filter(line -> line.startsWith(".It "))
                .map(line -> line.substring(4))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(codes, told);
    }

    @Test
    void manualTellsWhereThingsLieForRoot() {
        StandardPlaces root = StandardPlaces.of(true, Map.of(), Path.of("/root"));
        String files = PAGE.section("FILES");
        for (Path place : List.of(root.config(), root.vassals(), root.state(), root.data(), root.logs())) {
            assertTrue(files.contains(".It Pa " + place + "\n"), place.toString());
        }
    }
}
