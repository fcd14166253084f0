package org.emperor.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emperor.jail.Quoted;
import org.emperor.spec.UwsgiProgram;
import org.emperor.spec.UwsgiSettings;

/** What a uWSGI vassal would run, for {@code emperor plan}. */
final class UwsgiText {
    private UwsgiText() {}

    static String of(Path file, UwsgiSettings settings) {
        Path path = file.toAbsolutePath().normalize();
        String name = String.valueOf(path.getFileName());
        boolean executable = Files.isReadable(path) && Files.isExecutable(path);
        return text(UwsgiProgram.of(settings, name, String.valueOf(path.getParent()), executable, System.getenv()));
    }

    /** In the notation of strace; values of the environment may be secrets. */
    private static String text(UwsgiProgram program) {
        StringBuilder text = new StringBuilder();
        text.append("chdir(").append(Quoted.of(program.directory())).append(")\n");
        List<String> names = new ArrayList<>(program.environment().keySet());
        names.add(UwsgiProgram.EMPEROR_FD);
        for (String candidate : program.candidates()) {
            List<String> argv = new ArrayList<>(List.of(Quoted.of(candidate)));
            program.arguments().forEach(argument -> argv.add(Quoted.of(argument)));
            text.append("execvpe(").append(Quoted.of(candidate)).append(", [").append(String.join(", ", argv));
            text.append("], [").append(String.join("=*, ", names)).append("=*])\n");
        }
        return text.append("exit(")
                .append(UwsgiProgram.NOTHING_TO_EXECUTE)
                .append(")\n")
                .toString();
    }
}
