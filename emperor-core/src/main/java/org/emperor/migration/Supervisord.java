package org.emperor.migration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emperor.lang.Document;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.spec.OptionTable;

/** Converts a file of supervisord: each process of each {@code [program:x]} is a vassal file. */
public final class Supervisord {
    private static final String PROGRAM = "program:";
    private static final String GROUP = "group:";
    private static final String OWN = "concerns supervisord itself";

    private final Document document;
    private final OptionTable table;
    private final Expansions expansions;
    private final List<Problem> losses = new ArrayList<>();
    private final List<Problem> problems;
    private final List<Draft> drafts = new ArrayList<>();
    private final Map<String, String> groups = new HashMap<>();

    private Supervisord(Document document, OptionTable table, String here) {
        this.document = document;
        this.table = table;
        this.expansions = new Expansions(Map.of("here", here));
        this.problems = new ArrayList<>(document.problems());
    }

    /**
     * @param file for messages
     * @param here the absolute directory of the file, {@code %(here)s}
     * @param table the options of the emperor that will read the vassal files
     */
    public static Migration convert(String file, String here, String text, OptionTable table) {
        if (text.indexOf('\0') >= 0) {
            Problem nul = new Problem(Position.of(file), "", "a NUL byte", "a settings file is plain text");
            return new Migration(List.of(), List.of(), List.of(nul));
        }
        return new Supervisord(SupervisordText.read(file, text), table, here).convert(file);
    }

    private Migration convert(String file) {
        Inherited inherited = inherited();
        boolean programs = false;
        for (Document.Section section : document.sections()) {
            other(section);
        }
        for (Document.Section section : document.sections()) {
            if (section.name().startsWith(PROGRAM)) {
                programs = true;
                program(section, inherited);
            }
        }
        if (!programs && problems.isEmpty()) {
            problems.add(new Problem(
                    Position.of(file), "", "no [program:x] section", "import the file that has the programs"));
        }
        refuseTwins();
        return Migration.of(drafts, losses, Losses.inOrder(problems));
    }

    /** What a program has from supervisord's own process, unless its section says another. */
    record Inherited(Map<String, Setting> settings, Map<String, String> environment) {}

    private Inherited inherited() {
        Map<String, Setting> settings = new HashMap<>();
        Map<String, String> environment = new LinkedHashMap<>();
        for (Setting setting : document.settings("supervisord")) {
            switch (setting.key()) {
                case "user", "directory", "umask" -> settings.put(setting.key(), setting);
                case "environment" -> environment.putAll(environment(setting));
                case "minfds" -> lose(setting, "is not set for all vassals", "write limit-nofile where it is needed");
                case "minprocs" -> lose(setting, "is not set for all vassals", "write limit-nproc where it is needed");
                default -> lose(setting, OWN, "");
            }
        }
        return new Inherited(settings, environment);
    }

    private Map<String, String> environment(Setting setting) {
        try {
            return SupervisordProgram.environment(setting, expansions);
        } catch (MigrationFailure failure) {
            problems.add(failure.problem());
            return Map.of();
        }
    }

    private void lose(Setting setting, String rule, String remedy) {
        losses.add(new Problem(setting.position(), setting.key(), rule, remedy));
    }

    private void other(Document.Section section) {
        String name = section.name();
        if (name.startsWith(GROUP)) {
            group(section, name.substring(GROUP.length()));
        } else if (name.equals("include")) {
            section(section, "the files it names are not followed", "import each of them");
        } else if (name.startsWith("eventlistener:")) {
            section(section, "there is no protocol of events for programs", "read /api/v1/vassals or /metrics");
        } else if (name.startsWith("fcgi-program:")) {
            section(section, "sockets are not given to programs yet", "let the program open its own");
        } else if (!name.startsWith(PROGRAM) && !name.equals("supervisord")) {
            section(section, OWN, "");
        }
    }

    private void section(Document.Section section, String rule, String remedy) {
        losses.add(new Problem(section.position(), "[" + section.name() + "]", rule, remedy));
    }

    private void group(Document.Section section, String group) {
        section(section, "a group cannot be started or stopped as one", "its programs have the label group");
        for (Setting setting : section.settings()) {
            if (setting.key().equals("programs")) {
                for (String program : setting.value().split(",", -1)) {
                    groups.put(program.strip(), group);
                }
            } else {
                lose(setting, "vassals start in no order", "");
            }
        }
    }

    private void program(Document.Section section, Inherited inherited) {
        String name = section.name().substring(PROGRAM.length()).strip();
        try {
            String group = groups.getOrDefault(name, "");
            drafts.addAll(new SupervisordProgram(name, group, section, inherited, table).drafts(expansions));
        } catch (MigrationFailure failure) {
            problems.add(failure.problem());
        }
    }

    private void refuseTwins() {
        Set<String> names = new HashSet<>();
        for (Draft draft : List.copyOf(drafts)) {
            if (!names.add(draft.name())) {
                drafts.remove(draft);
                problems.add(new Problem(
                        draft.position(), draft.name(), "two processes of this name", "give one another process_name"));
            }
        }
    }
}
