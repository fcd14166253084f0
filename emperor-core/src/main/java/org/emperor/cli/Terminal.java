package org.emperor.cli;

import java.io.Console;
import java.util.Map;

/** What standard output is connected to. */
final class Terminal {
    private Terminal() {}

    @SuppressWarnings("SystemConsoleNull") // it does on 17, and below the newer answer is asked for
    static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since Java 22 there is a console without a terminal too, and this method to ask it.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException older) {
            return true;
        }
    }

    /** https://no-color.org: set and not empty means no colour. */
    static boolean wantsColour(boolean terminal, Map<String, String> environment) {
        return terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
