package org.emperor.migration;

import java.util.HashMap;
import java.util.Map;
import org.emperor.lang.Setting;
import org.emperor.lang.Shown;
import org.emperor.spec.Digits;

/** Replaces {@code %(name)s} as Python's formatting does; what only the host knows becomes a reference of ours. */
final class Expansions {
    private static final String ENVIRONMENT = "ENV_";

    private final Map<String, String> known;

    Expansions(Map<String, String> known) {
        this.known = new HashMap<>(known);
    }

    /** The same with one more. */
    Expansions with(String name, String value) {
        Expansions more = new Expansions(known);
        more.known.put(name, value);
        return more;
    }

    /** @throws MigrationFailure where supervisord refuses the value too */
    String of(Setting setting) {
        String text = setting.value();
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '%') {
                out.append(c);
            } else if (text.startsWith("%", at)) {
                out.append('%');
                at++;
            } else {
                at = reference(setting, at, out);
            }
        }
        return out.toString();
    }

    private int reference(Setting setting, int start, StringBuilder out) {
        String text = setting.value();
        int close = text.startsWith("(", start) ? text.indexOf(')', start) : -1;
        int end = close + 1;
        while (close > 0 && end < text.length() && Text.isDigit(text.charAt(end))) {
            end++;
        }
        if (close < 0 || end == text.length() || "sdi".indexOf(text.charAt(end)) < 0 || end - close > 3) {
            throw failure(setting, "a % that begins no %(name)s", "supervisord refuses it too; write %% for one");
        }
        String name = text.substring(start + 1, close);
        out.append(padded(setting, value(setting, name), text.substring(close + 1, end), text.charAt(end)));
        return end + 1;
    }

    private String value(Setting setting, String name) {
        String value = known.get(name);
        if (value != null) {
            return value;
        }
        if (name.equals("host_node_name")) {
            return Text.reference("%h");
        }
        if (name.startsWith(ENVIRONMENT) && Text.isVariable(name.substring(ENVIRONMENT.length()))) {
            return Text.reference("$(" + name.substring(ENVIRONMENT.length()) + ")");
        }
        throw failure(
                setting,
                "%(" + Shown.of(name) + ") has no value here",
                "supervisord knows none either; write the value");
    }

    private static String padded(Setting setting, String value, String width, char conversion) {
        boolean number = Digits.are(value, 9);
        if (conversion != 's' && !number) {
            throw failure(setting, "%d of what is no number", "write %(name)s");
        }
        String plain = conversion == 's' ? value : Integer.toString(Integer.parseInt(value));
        int least = width.isEmpty() ? 0 : Integer.parseInt(width);
        boolean zeros = width.startsWith("0") && conversion != 's';
        String fill = (zeros ? "0" : " ").repeat(Math.max(0, least - plain.length()));
        return fill + plain;
    }

    private static MigrationFailure failure(Setting setting, String rule, String remedy) {
        return new MigrationFailure(setting.position(), setting.key(), rule, remedy);
    }
}
