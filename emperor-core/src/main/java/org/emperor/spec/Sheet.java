package org.emperor.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.emperor.lang.Setting;

/** The settings of one file sorted out by the option table. What does not fit is reported, and then counts as not given. */
final class Sheet {
    /** What may be repeated in a message; anything else may be a secret that lost its key. */
    private static final Pattern LIKE_A_KEY = Pattern.compile("[A-Za-z0-9.-]{1,64}");

    private final OptionTable table;
    private final Report report;
    private final Map<String, List<Setting>> given = new HashMap<>();
    private final List<Setting> jail = new ArrayList<>();

    Sheet(OptionTable table, Report report) {
        this.table = table;
        this.report = report;
    }

    void add(Setting setting) {
        table.option(setting.key()).ifPresentOrElse(option -> add(setting, option), () -> refuse(setting));
    }

    private void add(Setting setting, Option option) {
        List<Setting> same = given.computeIfAbsent(option.key(), key -> new ArrayList<>());
        if (!option.repeatable() && !same.isEmpty()) {
            report.add(
                    setting,
                    "given twice",
                    "first on line " + same.get(0).position().line());
            return;
        }
        same.add(setting);
        if (table.isJail(option.key())) {
            parse(setting, text -> Forms.check(option.form(), text)).ifPresent(fits -> jail.add(setting));
        }
    }

    private void refuse(Setting setting) {
        Optional<String> elsewhere = table.elsewhere(setting.key());
        if (elsewhere.isPresent()) {
            report.add(setting, "works on " + elsewhere.get() + " only", "remove it");
            return;
        }
        if (!LIKE_A_KEY.matcher(setting.key()).matches()) {
            report.add(
                    new Setting("", "", setting.position()), "not a key", "a key has letters, digits and dashes only");
            return;
        }
        String remedy = table.nearest(setting.key())
                .map(key -> "did you mean " + key + "?")
                .orElse("remove it, or correct its name");
        report.add(setting, "unknown key", remedy);
    }

    /** The platform's own settings, in order, their form checked. */
    List<Setting> jail() {
        return jail;
    }

    /** The one value of a key; empty if it is not given or does not fit. */
    <T> Optional<T> value(String key, Function<String, Parsed<T>> parser) {
        return values(key, parser).stream().findFirst();
    }

    /** The value of a key that has a standard; that counts where the given one does not fit. */
    <T> T valueOrStandard(String key, Function<String, Parsed<T>> parser) {
        return value(key, parser).orElseGet(() -> standard(key, parser));
    }

    /** The values of a key that fit, in order. */
    <T> List<T> values(String key, Function<String, Parsed<T>> parser) {
        return given.getOrDefault(key, List.of()).stream()
                .flatMap(setting -> parse(setting, parser).stream())
                .toList();
    }

    private <T> T standard(String key, Function<String, Parsed<T>> parser) {
        String text = table.option(key).map(Option::standard).orElse("");
        return parser.apply(text).value().orElseThrow(() -> new IllegalStateException(key + " has no standard"));
    }

    private <T> Optional<T> parse(Setting setting, Function<String, ? extends Parsed<? extends T>> parser) {
        Parsed<? extends T> parsed = parser.apply(setting.value());
        if (parsed instanceof Parsed.Unfit<?> unfit) {
            report.add(setting, unfit);
        }
        return parsed.value().map(value -> value);
    }
}
