package org.emperor.spec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what to run. */
final class ProgramReader {
    private ProgramReader() {}

    /** The program; empty if there is none that can be run. */
    static Optional<Program> read(Sheet sheet) {
        Optional<String> directory = sheet.value(Options.CHDIR, ProgramReader::directory);
        Map<String, String> environment = new LinkedHashMap<>();
        sheet.values(Options.ENV, Forms::assignment)
                .forEach(variable -> environment.put(variable.getKey(), variable.getValue()));
        Program.Init init = sheet.valueOrStandard(Options.INIT, ProgramReader::init);
        return sheet.value(Options.EXEC, Forms::argv).map(argv -> new Program(argv, directory, environment, init));
    }

    private static Parsed<String> directory(String text) {
        return Forms.text(text)
                .then(path -> path.startsWith("/")
                        ? Parsed.value(path)
                        : Parsed.unfit(Shown.of(path) + " is not absolute", "write the path in the jail from /"));
    }

    private static Parsed<Program.Init> init(String text) {
        return switch (text) {
            case "resident" -> Parsed.value(Program.Init.RESIDENT);
            case "none" -> Parsed.value(Program.Init.NONE);
            default -> Forms.notAllowed(text, "resident, none");
        };
    }
}
