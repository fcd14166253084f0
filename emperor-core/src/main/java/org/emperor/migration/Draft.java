package org.emperor.migration;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.lang.Shown;
import org.emperor.spec.Option;
import org.emperor.spec.OptionTable;
import org.emperor.spec.Parsed;
import org.emperor.spec.Support;

/** A vassal file on its way: it takes a line only if the option table would, and keeps the reason otherwise. */
final class Draft {
    private static final int LONGEST_NAME = 64;

    private final OptionTable table;
    private final String name;
    private final Position position;
    private final String origin;
    private final List<Map.Entry<String, String>> lines = new ArrayList<>();
    private final Set<Problem> losses = new LinkedHashSet<>();
    private final List<String> remarks = new ArrayList<>();

    private Draft(OptionTable table, String name, Position position, String origin) {
        this.table = table;
        this.name = name;
        this.position = position;
        this.origin = origin;
    }

    /**
     * Under that name, or the nearest that a vassal can have.
     *
     * @param whole what stands for the whole program or unit in messages
     * @param origin what it was, for the first line
     */
    static Draft named(OptionTable table, String wanted, Setting whole, String origin) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < wanted.length() && i < LONGEST_NAME; i++) {
            char c = wanted.charAt(i);
            boolean fits = Text.isLetter(c) || Text.isDigit(c) || "_@:+-".indexOf(c) >= 0 || (c == '.' && i > 0);
            name.append(fits ? c : '_');
        }
        Draft draft = new Draft(table, name.isEmpty() ? "_" : name.toString(), whole.position(), origin);
        if (!draft.name.equals(wanted)) {
            String rule = "the vassal is called " + draft.name;
            draft.lose(whole, rule, "a name has at most 64 letters, digits and _ @ . : + -");
        }
        return draft;
    }

    String name() {
        return name;
    }

    /** Where the program or unit begins. */
    Position position() {
        return position;
    }

    boolean has(String key, String value) {
        return lines.contains(Map.entry(key, value));
    }

    /** Writes the key, or tells why what the source says cannot be said. */
    void put(Setting source, String key, String value) {
        Optional<Problem> objection = objection(source.position(), source.key(), key, value);
        if (objection.isPresent()) {
            losses.add(objection.get());
        } else {
            write(source, key, value);
        }
    }

    /** Writes the key without which there is no vassal. */
    void need(Setting source, String key, String value) {
        Optional<Problem> objection = objection(source.position(), source.key(), key, value);
        if (objection.isPresent()) {
            Problem problem = objection.get();
            throw new MigrationFailure(problem.position(), problem.key(), problem.rule(), problem.remedy());
        }
        write(source, key, value);
    }

    private void write(Setting source, String key, String value) {
        if (Text.hasReference(value)) {
            lose(
                    source,
                    "what the environment or the host gives to " + key + " is the emperor's",
                    "it must hold no quote");
        }
        lines.add(Map.entry(key, Text.escaped(value)));
    }

    /** Writes what the other supervisor does unless told otherwise. */
    void standard(String key, String value) {
        put(new Setting(key, value, position), key, value);
    }

    /** @param source the key as the other file has it */
    private Optional<Problem> objection(Position position, String source, String key, String value) {
        Optional<String> obstacle = Text.obstacle(value);
        if (obstacle.isPresent()) {
            return Optional.of(new Problem(
                    position, source, obstacle.get(), "write it as " + key + " in a vassal file in YAML, in quotes"));
        }
        Optional<Option> option = table.option(key);
        if (option.isEmpty() || option.get().support() != Support.WORKS) {
            return Optional.of(new Problem(position, source, key + " is not supported here yet", ""));
        }
        boolean unknown = Text.hasReference(value); // until the emperor reads the file
        if (!unknown && option.get().check(value) instanceof Parsed.Unfit<?> unfit) {
            return Optional.of(new Problem(position, source, key + ": " + unfit.rule(), unfit.remedy()));
        }
        return Optional.empty();
    }

    void lose(Setting source, String rule, String remedy) {
        losses.add(new Problem(source.position(), source.key(), rule, remedy));
    }

    void lose(Problem loss) {
        losses.add(loss);
    }

    /** Says in a comment what the other file said of itself. */
    void remark(String text) {
        remarks.add(text);
    }

    List<Problem> losses() {
        return Losses.inOrder(losses);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append("# ").append(Shown.of(origin)).append('\n');
        for (String remark : remarks) {
            text.append("# ").append(printable(remark)).append('\n');
        }
        for (Problem loss : losses()) {
            text.append("# not the same: ").append(printable(loss.toString())).append('\n');
        }
        text.append("[vassal]\n");
        for (Map.Entry<String, String> line : lines) {
            text.append(line.getKey()).append(" = ").append(line.getValue()).append('\n');
        }
        return text.toString();
    }

    private static String printable(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            plain.append(Character.isISOControl(text.charAt(i)) ? '?' : text.charAt(i));
        }
        return plain.toString();
    }
}
