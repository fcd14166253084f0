package org.emperor.lang;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives references their meaning: {@code %(key)} by the lines that count so far, the others by the surroundings. */
final class Expander {
    /** How deep references may lie in one another, and values behind one another: the stack is finite. */
    private static final int DEEPEST = 64;

    private final Map<String, Given> first = new HashMap<>();
    private final Map<String, Given> assumed = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Set<Given> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Surroundings surroundings;
    private final OtherFiles files;
    private final Budget budget;
    private final Guesses guesses = new Guesses();
    private int depth;

    Expander(Surroundings surroundings, OtherFiles files, Budget budget) {
        this.surroundings = surroundings;
        this.files = files;
        this.budget = budget;
    }

    /** From now on the line's key is known; of several lines the first counts. */
    void know(Given line) {
        first.putIfAbsent(line.key(), line);
    }

    /** What counts of a key that no line has. */
    void assume(Given line) {
        assumed.put(line.key(), line);
    }

    /** The first line of this key, if there was one, or what is assumed of it. */
    @Nullable
    Given known(String key) {
        Given line = first.get(key);
        return line == null ? assumed.get(key) : line;
    }

    /** The keys whose value was asked for. */
    Set<String> used() {
        return used;
    }

    /** The value of a line with all references replaced, as far as they are known now. */
    String value(Given line) {
        if (!Reference.mayBeIn(line.value())) {
            return line.value();
        }
        int before = depth;
        open.add(line);
        try {
            deeper(line, 0);
            String value = new Expansion(this, line).written();
            budget.text(line, value.length());
            return value;
        } finally {
            open.remove(line);
            depth = before;
        }
    }

    void deeper(Given line, int index) {
        depth++;
        if (depth > DEEPEST) {
            throw Refusal.of(line, index, "references deeper than " + DEEPEST, "write it simpler");
        }
    }

    void back() {
        depth--;
    }

    int depth() {
        return depth;
    }

    /** After a refusal, which leaves references open. */
    void backTo(int before) {
        depth = before;
    }

    /** A key with its magic variables replaced; references in keys mean nothing. */
    String key(Given line) {
        String key = new Expansion(this, line).key();
        budget.text(line, key.length());
        return key;
    }

    String placeholder(String name, Given asker, int index) {
        String shown = "%(" + Shown.of(name) + ")";
        if (name.isEmpty()) {
            throw Refusal.of(
                    asker, index, shown + " names nothing", "write a name between the parentheses, or %%( for %(");
        }
        String text = lookUp(name, asker, index);
        if (text == null && name.equals("_")) {
            throw wordless(asker, index);
        }
        if (text == null) {
            String guess = guesses.placeholder(name, first.keySet());
            String define = "define it with set-ph = " + Shown.of(name) + "=VALUE";
            String remedy = asker.atOnce() ? define + " above" : define + ", or write %%( for %(";
            throw Refusal.of(
                    asker,
                    index,
                    shown + (asker.atOnce() ? " is not defined above this line" : " is not defined"),
                    guess.isEmpty() ? remedy : guess);
        }
        return text;
    }

    private static Refusal wordless(Given asker, int index) {
        return asker.word().inBlock()
                ? Refusal.of(asker, index, "%(_) has no value in this block", "write the text it stands for")
                : Refusal.of(asker, index, "%(_) is known only in a block", "put the line between for and endfor");
    }

    String formula(String formula, Given asker, int index) {
        try {
            return Arithmetic.of(formula, word -> lookUp(word, asker, index));
        } catch (Arithmetic.Flaw flaw) {
            throw Refusal.of(asker, index, flaw.rule(formula), flaw.remedy());
        }
    }

    private @Nullable String lookUp(String name, Given asker, int index) {
        budget.step(asker);
        String word = asker.word().text();
        if (name.equals("_") && word != null) {
            budget.text(asker, word.length());
            return asker.word().foreign() ? new Expansion(this, asker).foreign(word, index) : word;
        }
        String key = name.replace('_', '-');
        used.add(key);
        Given line = known(key);
        if (line == null) {
            return null;
        }
        if (open.contains(line)) {
            throw Refusal.of(
                    asker, index, "%(" + Shown.of(name) + ") refers to itself", "write the value it should have");
        }
        String text = value(line);
        budget.text(asker, text.length());
        return text;
    }

    /** @param body a name, or {@code NAME-TEXT} for a text where it is not set, {@code NAME:-TEXT} also where it is empty */
    String variable(String body, Given asker, int index) {
        budget.step(asker);
        int dash = body.indexOf('-');
        boolean colon = dash > 0 && body.charAt(dash - 1) == ':';
        String name = dash < 0 ? body : body.substring(0, colon ? dash - 1 : dash);
        String text = surroundings.environment().get(name);
        if (dash >= 0 && (text == null || (colon && text.isEmpty()))) {
            return body.substring(dash + 1);
        }
        if (text == null) {
            String guess = guesses.variable(name, surroundings.environment().keySet());
            throw Refusal.of(
                    asker,
                    index,
                    "$(" + Shown.of(name) + ") is not set",
                    guess.isEmpty()
                            ? "set it in the emperor's environment, or write $(" + Shown.of(name)
                                    + ":-TEXT), or %$( for $("
                            : guess);
        }
        budget.text(asker, text.length());
        return text;
    }

    String file(String source, Given asker, int index) {
        budget.step(asker);
        String text = files.text(source, asker, index);
        String content = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        budget.text(asker, content.length());
        return content;
    }
}
