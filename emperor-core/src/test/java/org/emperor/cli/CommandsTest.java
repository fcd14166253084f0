package org.emperor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CommandsTest {

    @Test
    void versionIsOneLine() {
        Ran ran = Ran.emperor("--version");
        assertTrue(ran.out().matches("emperor [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\R"), ran.out());
        assertEquals(ExitCode.FINE, ran.exitCode());
    }

    @Test
    void helpNamesEveryCommand() {
        String help = Ran.emperor("help").out();
        for (String command : new String[] {"run", "status", "check", "plan", "help"}) {
            assertTrue(help.contains("\n  " + command + " "), help);
        }
        assertTrue(Ran.emperor("help", "status").out().contains("--state-dir"));
    }

    @Test
    void withoutCommandTheUsageIsShownAsAMistake() {
        Ran ran = Ran.emperor();
        assertEquals(ExitCode.USAGE, ran.exitCode());
        assertTrue(ran.err().startsWith("Usage: emperor"), ran.err());
    }

    @Test
    void unknownCommandHasNoHelp() {
        for (String[] words : new String[][] {{"nudge"}, {"nudge", "--help"}, {"--help", "nudge"}, {"nudge", "web"}}) {
            Ran ran = Ran.emperor(words);
            assertEquals(ExitCode.USAGE, ran.exitCode());
            assertEquals("", ran.out());
            assertTrue(ran.err().startsWith("emperor: unknown command \"nudge\"" + System.lineSeparator()), ran.err());
        }
        assertEquals(ExitCode.FINE, Ran.emperor("--help").exitCode());
        assertTrue(Ran.emperor("--nudge").err().startsWith("Unknown option: '--nudge'"));
    }

    @Test
    void misspeltCommandIsUsageWithASuggestion() {
        Ran ran = Ran.emperor("statsu");
        assertEquals(ExitCode.USAGE, ran.exitCode());
        assertTrue(ran.err().contains("status"), ran.err());
    }
}
