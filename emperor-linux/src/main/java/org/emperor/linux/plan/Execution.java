package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import org.emperor.jail.PlanRefusal;

/** The tries to execute a program: as execvp(3) looks, but planned, so that it is the jail's file system that decides. */
final class Execution {
    private final StepList steps;
    private final Argument environment;

    Execution(StepList steps, Argument environment) {
        this.steps = steps;
        this.environment = environment;
    }

    /** @param path where a program without a slash is looked for */
    void execute(List<String> argv, String path) {
        Argument arguments = Argument.argv(argv);
        List<String> candidates = candidates(argv.get(0), path);
        String program = argv.get(0).isEmpty() ? "\"\"" : argv.get(0);
        for (int i = 0; i < candidates.size(); i++) {
            boolean last = i == candidates.size() - 1;
            String object = "execute " + (candidates.size() == 1 ? program : program + " found on PATH");
            steps.exec(object, last, Argument.path(candidates.get(i)), arguments, environment);
        }
    }

    /** The first of these programs that there is, each by its path and without arguments. */
    void executeFirst(List<String> programs) {
        for (int i = 0; i < programs.size(); i++) {
            String program = programs.get(i);
            boolean last = i == programs.size() - 1;
            steps.exec(
                    "execute " + program, last, Argument.path(program), Argument.argv(List.of(program)), environment);
        }
    }

    private static List<String> candidates(String program, String path) {
        if (program.contains("/") || program.isEmpty()) { // of which execve(2) itself says that there is none
            return List.of(program);
        }
        List<String> candidates = new ArrayList<>();
        for (String directory : path.split(":", -1)) {
            if (!directory.isEmpty()) {
                candidates.add(directory + "/" + program);
            }
        }
        if (candidates.isEmpty()) {
            throw new PlanRefusal("cannot look for " + program + ": PATH names no directory");
        }
        return candidates;
    }
}
