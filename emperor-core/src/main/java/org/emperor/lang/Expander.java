package org.emperor.lang;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives references their meaning: {@code %(key)} by the lines that count so far, the others by the surroundings. */
final class Expander {
    /** How deep references may lie in one another, and values behind one another: the stack is finite. */
    private static final int DEEPEST = 64;

    private static final int MOST_GUESSES = 20;
    private static final int MOST_CANDIDATES = 2_000;

    private final Map<String, Given> first = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private final List<Given> open = new ArrayList<>();
    private final Surroundings surroundings;
    private final OtherFiles files;
    private final Budget budget;
    private int guesses;
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

    /** The first line of this key, if there was one. */
    @Nullable
    Given known(String key) {
        return first.get(key);
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
        for (Given other : open) {
            if (other == line) {
                throw Refusal.of(line, 0, "refers to itself", "let it end in a value");
            }
        }
        int before = depth;
        open.add(line);
        try {
            deeper(line, 0);
            return new Expansion(this, line).written();
        } finally {
            open.remove(open.size() - 1);
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

    /** A key with its magic variables replaced; references in keys mean nothing. */
    String key(Given line) {
        return line.key().indexOf('%') < 0 ? line.key() : new Expansion(this, line).key();
    }

    String placeholder(String name, Given asker, int index) {
        String text = lookUp(name, asker);
        if (text == null) {
            String guess = guess(name, first.keySet(), "%(");
            throw Refusal.of(asker, index, "no such placeholder", guess.isEmpty() ? "set it" : guess);
        }
        return text;
    }

    /** The text of a name in arithmetic, where an unknown one is empty. */
    String operand(String name, Given asker) {
        String text = lookUp(name, asker);
        return text == null ? "" : text;
    }

    private @Nullable String lookUp(String name, Given asker) {
        budget.step(asker);
        String context = asker.context();
        if (name.equals("_") && context != null) {
            budget.text(asker, context.length());
            return context;
        }
        String key = name.replace('_', '-');
        used.add(key);
        Given line = first.get(key);
        if (line == null) {
            return null;
        }
        String text = value(line);
        budget.text(asker, text.length());
        return text;
    }

    String variable(String name, Given asker, int index) {
        budget.step(asker);
        String text = surroundings.environment().get(name);
        if (text == null) {
            String guess = guess(name, surroundings.environment().keySet(), "$(");
            throw Refusal.of(
                    asker, index, "no such environment variable", guess.isEmpty() ? "write %$( for a plain $(" : guess);
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

    private String guess(String name, Set<String> candidates, String opening) {
        String best = "";
        guesses++;
        if (guesses > MOST_GUESSES || candidates.size() > MOST_CANDIDATES) {
            return best;
        }
        int farthest = Math.min(2, name.length() / 2);
        int least = farthest + 1;
        for (String candidate : candidates) {
            int distance = EditDistance.between(name, candidate, farthest);
            if (distance < least || (distance == least && distance <= farthest && candidate.compareTo(best) < 0)) {
                least = distance;
                best = candidate;
            }
        }
        return best.isEmpty() ? "" : "did you mean " + opening + best + ")?";
    }
}
