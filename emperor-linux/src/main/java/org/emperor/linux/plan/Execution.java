package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.emperor.jail.PlanRefusal;
import org.emperor.jail.Quoted;

/** The tries to execute a program: as execvp(3) looks, but planned, so that it is the jail's file system that decides. */
final class Execution {
    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final StepList steps;

    Execution(StepList steps) {
        this.steps = steps;
    }

    void execute(List<String> argv, Map<String, String> environment) {
        Argument arguments = Argument.strings(argv, words(argv));
        Argument variables = Argument.strings(assignments(environment), masked(environment));
        List<String> candidates = candidates(argv.get(0), environment.getOrDefault("PATH", PATH));
        String program = argv.get(0);
        for (int i = 0; i < candidates.size(); i++) {
            boolean last = i == candidates.size() - 1;
            String object = "execute " + (candidates.size() == 1 ? program : program + " found on PATH");
            steps.exec(object, last, Argument.path(candidates.get(i)), arguments, variables);
        }
    }

    /** The first of these programs that there is, each by its path and without arguments. */
    void executeFirst(List<String> programs, Map<String, String> environment) {
        Argument variables = Argument.strings(assignments(environment), masked(environment));
        for (int i = 0; i < programs.size(); i++) {
            String program = programs.get(i);
            Argument arguments = Argument.strings(List.of(program), words(List.of(program)));
            steps.exec("execute " + program, i == programs.size() - 1, Argument.path(program), arguments, variables);
        }
    }

    private static List<String> candidates(String program, String path) {
        if (program.contains("/")) {
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

    private static List<String> assignments(Map<String, String> environment) {
        List<String> assignments = new ArrayList<>();
        environment.forEach((name, value) -> assignments.add(name + "=" + value));
        return assignments;
    }

    private static String words(List<String> words) {
        return words.stream().map(Quoted::of).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Values of the environment may be secrets: only names are shown. */
    private static String masked(Map<String, String> environment) {
        return environment.keySet().stream().map(name -> name + "=*").collect(Collectors.joining(", ", "[", "]"));
    }
}
