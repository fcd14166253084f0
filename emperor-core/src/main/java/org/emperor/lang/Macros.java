package org.emperor.lang;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keys that {@code declare-option = name=key=$1;other=$2} makes. */
final class Macros {
    private final Map<String, String> templates = new HashMap<>();

    void declare(Given line) {
        String shape = "write " + line.key() + " = NAME=KEY=$1";
        int equals = line.value().indexOf('=');
        String name = equals < 0 ? "" : line.value().substring(0, equals).strip();
        if (name.isEmpty()) {
            throw Refusal.of(line, 0, equals < 0 ? "has no = after the name" : "has no name before =", shape);
        }
        String template = line.value().substring(equals + 1);
        for (String part : template.split(";", -1)) {
            if (part.indexOf('=') <= 0 && !part.isBlank()) {
                throw Refusal.of(line, 0, Shown.of(part) + " sets no key", shape);
            }
        }
        templates.put(name.replace('_', '-'), template);
    }

    boolean has(String key) {
        return templates.containsKey(key);
    }

    /** The lines that a line of such a key stands for; its words are the arguments. */
    List<Given> apply(Given line, String value) {
        String[] arguments = value.strip().split(" +", -1);
        List<Given> lines = new ArrayList<>();
        for (String part : templates.getOrDefault(line.key(), "").split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                continue; // behind the last semicolon
            }
            String key = filled(part.substring(0, equals), arguments, line).strip();
            String filled = filled(part.substring(equals + 1), arguments, line).strip();
            lines.add(line.leadsTo(key.replace('_', '-'), filled));
        }
        return lines;
    }

    private static String filled(String template, String[] arguments, Given line) {
        StringBuilder filled = new StringBuilder();
        for (int i = 0; i < template.length(); i++) {
            char next = i + 1 < template.length() ? template.charAt(i + 1) : '\0';
            if (template.charAt(i) == '$' && next >= '1' && next <= '9') {
                filled.append(Reference.escaped(argument(next - '0', arguments, line)));
                i++;
            } else {
                filled.append(template.charAt(i));
            }
            if (filled.length() > IniReader.LARGEST) {
                throw Refusal.of(line, 0, "longer than 1 MiB", "write it simpler");
            }
        }
        return filled.toString();
    }

    private static String argument(int number, String[] arguments, Given line) {
        if (number > arguments.length || arguments[number - 1].isEmpty()) {
            throw Refusal.of(line, 0, "has no word " + number, "its declaration says $" + number);
        }
        return arguments[number - 1];
    }
}
