package org.emperor.lang;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One reading under way: lines act one after another, and what they leave are settings whose values come last. */
final class Evaluation {
    /** How many lines may lead to one another by includes, {@code set} and macros. */
    private static final int DEEPEST = 16;

    private final FileScope top;
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
    private final Problems problems = new Problems();
    private int depth;

    /** @param usual the section that counts where an include names none */
    Evaluation(FileScope top, byte[] content, String usual, Surroundings surroundings) {
        this.top = top;
        this.files = new OtherFiles(surroundings, budget, top, content);
        this.includes = new Includes(files, usual, top);
        this.expander = new Expander(surroundings, files, budget);
        this.tests = new Tests(surroundings, files, expander);
        this.loops = new Loops(files, budget);
    }

    void assume(Map<String, String> placeholders) {
        for (Map.Entry<String, String> one : placeholders.entrySet()) {
            Setting setting = new Setting(one.getKey(), one.getValue(), Position.of(top.name()));
            expander.assume(new Given(setting, top, Word.OUTSIDE, false));
        }
    }

    // Plain loops here and in what this calls: the first file is read within milliseconds of the start, and the first
    // lambda of a JVM costs some of them.

    /** Everything that the section of the vassal file leads to. */
    Reading read(Document document, String section) {
        List<Setting> settings = List.of();
        try {
            act(document, section, top);
            inherit();
            applyMacros();
            settings = values();
            printAll();
        } catch (Refusal end) {
            problems.addLast(end);
        }
        return new Reading(
                document.headers(),
                settings,
                keys,
                placeholders(),
                declared,
                files.asked(),
                files.answers(),
                messages,
                problems.inOrder(top.name(), files.asked()));
    }

    private void inherit() {
        for (int i = 0; i < inherited.size(); i++) { // one may name the next
            try {
                include(inherited.get(i));
            } catch (Refusal refusal) {
                problems.add(refusal);
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
                problems.add(refusal);
            }
        }
        return settings;
    }

    private void printAll() {
        for (Given line : prints) {
            try {
                print(line);
            } catch (Refusal refusal) {
                problems.add(refusal);
            }
        }
    }

    private Set<String> placeholders() {
        Set<String> all = new HashSet<>(declared);
        all.addAll(set);
        all.addAll(expander.used());
        return all;
    }

    private void act(Document document, String section, FileScope scope) {
        problems.addAll(document.problems());
        act(Block.parts(document.settings(section), problems), scope, Word.OUTSIDE);
    }

    private void act(List<Block.Part> parts, FileScope scope, Word word) {
        for (Block.Part part : parts) {
            act(part, scope, word);
        }
    }

    private void act(Block.Part part, FileScope scope, Word word) {
        Given line = new Given(part.line(), scope, word, false);
        budget.step(line);
        int before = depth;
        try {
            if (part.block().isEmpty()) {
                act(line);
            } else {
                block(line, part.block().get(0));
            }
        } catch (Refusal refusal) {
            problems.add(refusal);
        }
        depth = before;
    }

    private void block(Given opener, Block block) {
        fences.check(opener.key(), opener);
        String argument = expander.value(opener.actingAtOnce());
        if (Block.isLoop(opener.key())) {
            boolean foreign = opener.key().equals("for-readline");
            List<String> words = loops.words(opener, argument);
            for (Block.Part part : block.lines()) { // line by line, as uWSGI does
                for (String word : words) {
                    act(part, opener.scope(), Word.of(word, foreign));
                }
            }
        } else {
            Tests.Verdict verdict = tests.of(opener, argument);
            String text = verdict.word();
            Word outer = opener.word().inner();
            if (verdict.holds()) {
                act(block.lines(), opener.scope(), text == null ? outer : Word.of(text, verdict.foreign()));
            } else {
                act(block.others(), opener.scope(), outer);
            }
        }
    }

    private void act(Given written) {
        Given line = written.key().indexOf('%') < 0 ? written : written.renamed(expander.key(written));
        if (line.key().isEmpty()) {
            throw Refusal.ofKey(line, "a key of which nothing is left", "write a key");
        }
        if (Shown.hasControl(line.key())) { // which set and macros can make
            throw Refusal.ofKey(line, "a control character in a key", "remove it");
        }
        keys.add(line.key());
        fences.check(line.key(), line);
        switch (line.key()) {
            case "include", "ini", "xml", "yaml", "yml", "json", "toml", "config" -> include(line);
            case "inherit" -> inherited.add(line);
            case "set" -> set(line, set);
            case "set-ph", "set-placeholder" -> set(line, declared);
            case "declare-option", "declare-option2" -> macros.declare(line);
            case "print" -> prints.add(line);
            case "iprint" -> print(line.actingAtOnce());
            case "blacklist" -> fences.blacklist(line);
            case "end-blacklist" -> fences.endBlacklist();
            case "whitelist" -> fences.whitelist(line);
            case "end-whitelist" -> fences.endWhitelist();
            case "strict", "show-config" -> {} // unknown keys are always refused; emperor show is for the rest
            case "resolve" -> resolve(line);
            case "exit" ->
                throw refused(
                        line,
                        "the file asks not to be run (code " + Shown.of(line.value()) + ")",
                        "remove it to run this vassal");
            default -> setting(line);
        }
    }

    /** What uses the name is not wrong too. */
    private void resolve(Given line) {
        set(line, declared);
        throw refused(line, "looks up no names while a file is read", "write the address");
    }

    private static Refusal refused(Given line, String rule, String remedy) {
        return Refusal.of(line, 0, rule, remedy);
    }

    private void setting(Given line) {
        if (macros.has(line.key())) {
            macro(line);
        } else {
            budget.setting(line);
            lines.add(line);
            expander.know(line);
        }
    }

    private void macro(Given line) {
        depth++;
        if (depth > DEEPEST) {
            throw refused(line, "refers to itself", "end the circle of declare-option");
        }
        for (Given part : macros.apply(line, expander.value(line.actingAtOnce()))) {
            budget.step(part);
            budget.text(part, part.value().length());
            act(part);
        }
        depth--;
    }

    /** A key may be used above the line that declares it. */
    private void applyMacros() {
        List<Given> before = new ArrayList<>(lines);
        lines.clear();
        for (Given line : before) {
            try {
                if (macros.has(line.key())) {
                    macro(line);
                } else {
                    lines.add(line);
                }
            } catch (Refusal refusal) {
                problems.add(refusal);
            }
            depth = 0;
        }
    }

    private void include(Given line) {
        depth++;
        if (depth > DEEPEST) {
            throw refused(line, "the end of more than " + DEEPEST + " includes in one another", "write it simpler");
        }
        Includes.Found found = includes.find(line, expander.value(line.actingAtOnce()));
        act(found.document(), found.section(), found.scope());
        depth--;
    }

    private void set(Given line, Set<String> into) {
        String shape = "write " + line.key() + " = NAME=VALUE";
        int equals = line.value().indexOf('=');
        if (equals < 0) {
            throw refused(line, "has no = after the name", shape);
        }
        Given name = line.leadsTo(line.key(), line.value().substring(0, equals));
        String key = expander.value(name.actingAtOnce()).strip().replace('_', '-');
        if (key.isEmpty()) {
            throw refused(line, "has no name before =", shape);
        }
        if (Block.isOpener(key) || Block.isEnd(key) || key.equals("else")) {
            throw refused(line, "sets what makes blocks", "write it as a line");
        }
        fences.check(key, line);
        into.add(key);
        depth++;
        if (depth > DEEPEST) {
            throw refused(line, "sets what sets more than " + DEEPEST + " times", "write it simpler");
        }
        budget.text(line, line.value().length());
        act(line.leadsTo(key, equals + 1));
        depth--;
    }

    private void print(Given line) {
        messages.add(new Reading.Message(line.wholeLine(), expander.value(line)));
    }
}
