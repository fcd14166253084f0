package org.emperor.lang;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One reading under way: lines act one after another, and what they leave are settings whose values come last. */
final class Evaluation {
    /** How many lines may lead to one another by includes, {@code set} and macros. */
    private static final int DEEPEST = 16;

    /** More than anybody reads; a file of garbage has one for each of its lines. */
    private static final int MOST_PROBLEMS = 1_000;

    private final Budget budget = new Budget();
    private final OtherFiles files;
    private final Includes includes;
    private final Expander expander;
    private final Tests tests;
    private final Loops loops;
    private final Macros macros = new Macros();
    private final Fences fences = new Fences();
    private final List<Given> lines = new ArrayList<>();
    private final List<Given> inherited = new ArrayList<>();
    private final List<Given> prints = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private final Set<String> set = new HashSet<>();
    private final Set<String> declared = new HashSet<>();
    private final List<Reading.Message> messages = new ArrayList<>();
    private final Set<Problem> problems = new LinkedHashSet<>();
    private boolean strict;
    private int depth;

    Evaluation(FileScope top, byte[] content, String section, Surroundings surroundings) {
        this.files = new OtherFiles(surroundings, budget, top, content);
        this.includes = new Includes(files, section);
        this.expander = new Expander(surroundings, files, budget);
        this.tests = new Tests(surroundings, expander);
        this.loops = new Loops(surroundings, files, budget);
    }

    /** Everything that the section of the vassal file leads to. */
    Reading read(Document document, String section, FileScope scope) {
        List<Setting> settings = List.of();
        try {
            act(document, section, scope);
            inherit();
            settings = values();
            prints.forEach(this::printLate);
        } catch (Refusal end) {
            tell(end.problem());
        }
        return new Reading(
                document.headers(),
                settings,
                keys,
                placeholders(),
                declared,
                files.asked(),
                messages,
                new ArrayList<>(problems));
    }

    private void inherit() {
        for (int i = 0; i < inherited.size(); i++) { // one may name the next
            try {
                include(inherited.get(i));
            } catch (Refusal refusal) {
                tell(refusal);
            }
            depth = 0;
        }
    }

    private List<Setting> values() {
        List<Setting> settings = new ArrayList<>(lines.size());
        for (Given line : lines) {
            try {
                settings.add(line.expanded(expander.value(line)));
            } catch (Refusal refusal) {
                tell(refusal);
            }
        }
        return settings;
    }

    private void printLate(Given line) {
        try {
            print(line);
        } catch (Refusal refusal) {
            tell(refusal);
        }
    }

    private Set<String> placeholders() {
        Set<String> all = new HashSet<>(declared);
        if (!strict) {
            all.addAll(set);
            all.addAll(expander.used());
        }
        return all;
    }

    private void act(Document document, String section, FileScope scope) {
        document.problems().forEach(this::tell);
        act(Block.parts(document.settings(section), this::tell), scope, null);
    }

    private void act(List<Block.Part> parts, FileScope scope, @Nullable String context) {
        for (Block.Part part : parts) {
            act(part, scope, context);
        }
    }

    private void act(Block.Part part, FileScope scope, @Nullable String context) {
        Given line = new Given(part.line(), scope, context);
        budget.step(line);
        int before = depth;
        try {
            if (part.block().isEmpty()) {
                act(line);
            } else {
                block(line, part.block().get(0));
            }
        } catch (Refusal refusal) {
            tell(refusal);
        }
        depth = before;
    }

    /** What is wrong with one line does not hide what is wrong with others, unless a bound is reached. */
    private void tell(Refusal refusal) {
        if (refusal.isLast()) {
            throw refusal;
        }
        tell(refusal.problem());
    }

    private void tell(Problem problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        }
    }

    private void block(Given opener, Block block) {
        fences.check(opener);
        String argument = expander.value(opener);
        if (Block.isLoop(opener.key())) {
            List<String> contexts = loops.contexts(opener, argument);
            for (Block.Part part : block.lines()) { // line by line, as uWSGI does
                for (String context : contexts) {
                    act(part, opener.scope(), context);
                }
            }
        } else {
            Tests.Verdict verdict = tests.of(opener, argument);
            String context = verdict.context() == null ? opener.context() : verdict.context();
            act(verdict.holds() ? block.lines() : block.others(), opener.scope(), context);
        }
    }

    private void act(Given written) {
        Given line = written.key().indexOf('%') < 0 ? written : written.renamed(expander.key(written));
        keys.add(line.key());
        if (fences.obey(line)) {
            return;
        }
        switch (line.key()) {
            case "include", "ini", "xml", "yaml", "yml", "json", "toml", "config" -> include(line);
            case "inherit" -> inherited.add(line);
            case "set" -> set(line, set);
            case "set-ph", "set-placeholder" -> set(line, declared);
            case "declare-option", "declare-option2" -> macros.declare(line);
            case "print" -> prints.add(line);
            case "iprint" -> print(line);
            case "strict" -> strict = isTrue(expander.value(line));
            case "show-config" -> throw refused(line, "prints uWSGI's own settings", "emperor show prints a vassal's");
            case "resolve" -> throw refused(line, "asks the network while the file is read", "write the address");
            case "fallback-config" ->
                throw refused(line, "is for a uWSGI that ends with code 1", "remove it");
            default -> setting(line);
        }
    }

    private static Refusal refused(Given line, String rule, String remedy) {
        return Refusal.of(line, -1, rule, remedy);
    }

    private void setting(Given line) {
        if (macros.has(line.key())) {
            deeper(line);
            for (Given part : macros.apply(line, expander.value(line))) {
                act(part);
            }
        } else {
            budget.setting(line);
            lines.add(line);
            expander.know(line);
        }
    }

    private void deeper(Given line) {
        depth++;
        if (depth > DEEPEST) {
            throw refused(line, "leads to more than " + DEEPEST + " others", "write it simpler");
        }
    }

    private void include(Given line) {
        deeper(line);
        Includes.Found found = includes.find(line, expander.value(line));
        act(found.document(), found.section(), found.scope());
    }

    private void set(Given line, Set<String> into) {
        int equals = line.value().indexOf('=');
        String name = equals < 0 ? "" : expander.value(line.leadsTo(line.key(), line.value().substring(0, equals)));
        String key = name.strip().replace('_', '-');
        if (key.isEmpty()) {
            throw refused(line, "sets nothing", "write " + line.key() + " = key=value");
        }
        if (Block.isOpener(key) || Block.isEnd(key) || key.equals("else")) {
            throw refused(line, "sets what makes blocks", "write it as a line");
        }
        into.add(key);
        deeper(line);
        act(line.leadsTo(key, equals + 1));
    }

    private void print(Given line) {
        messages.add(new Reading.Message(line.wholeLine(), expander.value(line)));
    }

    /** As flags are read: whatever does not say no says yes. */
    private static boolean isTrue(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "false", "off", "no", "0" -> false;
            default -> true;
        };
    }
}
