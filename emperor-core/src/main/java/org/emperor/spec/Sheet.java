package org.emperor.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.emperor.lang.Position;
import org.emperor.lang.Setting;

/** The settings of one file sorted out by the option table. What does not fit is reported, and then counts as not given. */
final class Sheet {
    private static final int LONGEST_KEY = 64;

    private final OptionTable table;
    private final Report report;
    private final Map<String, List<Setting>> given = new LinkedHashMap<>();
    private final Set<String> defaults = new HashSet<>();
    private final List<Setting> jail = new ArrayList<>();

    Sheet(OptionTable table, Report report) {
        this.table = table;
        this.report = report;
    }

    void add(Setting setting) {
        table.option(setting.key()).ifPresentOrElse(option -> add(setting, option), () -> refuse(setting));
    }

    /** A setting of the daemon's, which the file did not say. */
    void addDefault(Setting setting) {
        defaults.add(table.canonical(setting.key()));
        add(setting);
    }

    private void add(Setting setting, Option option) {
        List<Setting> same = given.computeIfAbsent(option.canonical(), key -> new ArrayList<>());
        if (!option.repeatable() && !same.isEmpty()) {
            report.add(setting, "given twice", "first " + place(same.get(0).position(), setting.position()));
            return;
        }
        same.add(setting);
        boolean works = option.support() == Support.WORKS;
        if (!works) {
            report.add(setting, "not supported yet", "remove it, and what relies on it");
        }
        if (!works || table.isJail(option.key())) {
            boolean fits = parse(setting, option::check).isPresent();
            if (works && fits) {
                jail.add(setting.renamed(option.canonical()));
            }
        }
    }

    /** Where something is, for who reads of another place. */
    private static String place(Position position, Position elsewhere) {
        boolean here = position.file().equals(elsewhere.file());
        return here ? "on line " + position.line() : "at " + new Position(position.file(), position.line(), 0);
    }

    private void refuse(Setting setting) {
        String key = setting.key();
        Optional<UwsgiOnly> uwsgi = UwsgiOnly.of(key);
        if (table.elsewhere(key).isPresent()) {
            report.add(setting, "works on " + table.elsewhere(key).get() + " only", "remove it");
        } else if (uwsgi.isPresent()) {
            report.add(setting, uwsgi.get().rule(), uwsgi.get().remedy());
        } else if (!isLikeAKey(key)) {
            report.add(
                    new Setting("", "", setting.position()), "not a key", "a key has letters, digits and dashes only");
        } else {
            String remedy = table.nearest(key)
                    .map(near -> "did you mean " + near + "?")
                    .orElse("remove it, or correct its name");
            report.add(setting, "unknown key", remedy);
        }
    }

    /** Whether it may be repeated in a message; anything else may be a secret that lost its key. */
    private static boolean isLikeAKey(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && !Forms.isDigit(c) && c != '.' && c != '-') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= LONGEST_KEY;
    }

    /** The platform's own settings, in order, their form checked. */
    List<Setting> jail() {
        return jail;
    }

    /** Whether the file has the key, and not only the daemon for all files. */
    boolean isGiven(String key) {
        return given.containsKey(key) && !defaults.contains(key);
    }

    /** The settings of a key in order, whether they fit or not. */
    List<Setting> given(String key) {
        return given.getOrDefault(key, List.of());
    }

    /** Whether there is a setting of the key; asked before parsers are made of lambdas, which cost a cold start time. */
    boolean has(String key) {
        return given.containsKey(key);
    }

    /** All settings, key by key, each under the name that stands for all names of its key. */
    List<Setting> all() {
        List<Setting> all = new ArrayList<>();
        for (Map.Entry<String, List<Setting>> entry : given.entrySet()) {
            for (Setting setting : entry.getValue()) {
                all.add(setting.renamed(entry.getKey()));
            }
        }
        return all;
    }

    /** Where each key stands first. */
    Map<String, Position> places() {
        Map<String, Position> places = new HashMap<>();
        for (Map.Entry<String, List<Setting>> entry : given.entrySet()) {
            places.put(entry.getKey(), entry.getValue().get(0).position());
        }
        return places;
    }

    /** The one value of a key; empty if it is not given or does not fit. */
    <T> Optional<T> value(String key, Function<String, Parsed<T>> parser) {
        List<T> values = values(key, parser);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /** The value of a key that has a standard; that counts where the given one does not fit. */
    <T> T valueOrStandard(String key, Function<String, Parsed<T>> parser) {
        return value(key, parser).orElseGet(() -> standard(key, parser));
    }

    /** The values of a key that fit, in order. */
    <T> List<T> values(String key, Function<String, Parsed<T>> parser) {
        List<Setting> settings = given(key);
        if (settings.isEmpty()) {
            return List.of();
        }
        List<T> values = new ArrayList<>(settings.size());
        for (Setting setting : settings) {
            parse(setting, parser).ifPresent(values::add);
        }
        return values;
    }

    private <T> T standard(String key, Function<String, Parsed<T>> parser) {
        String text = table.option(key).map(Option::standard).orElse("");
        return parser.apply(text).value().orElseThrow(() -> new IllegalStateException(key + " has no standard"));
    }

    /** The value of one setting; empty if it does not fit. */
    <T> Optional<T> parse(Setting setting, Function<String, ? extends Parsed<? extends T>> parser) {
        Parsed<? extends T> parsed = parser.apply(setting.value());
        if (parsed instanceof Parsed.Unfit<?> unfit) {
            report.add(setting, unfit);
        }
        return parsed.value().map(value -> value);
    }
}
