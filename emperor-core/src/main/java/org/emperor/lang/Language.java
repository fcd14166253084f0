package org.emperor.lang;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration language over settings as they were written. It understands {@code %%}; all else that means something
 * in uWSGI's language is refused rather than taken literally, so that no file changes its meaning when more of the language
 * is understood. Messages never quote a value: it may be a secret.
 */
public final class Language {
    private static final Set<String> KEYS = Set.of(
            "include",
            "inherit",
            "ini",
            "xml",
            "yaml",
            "yml",
            "json",
            "config",
            "fallback-config",
            "set",
            "set-ph",
            "set-placeholder",
            "declare-option",
            "declare-option2",
            "resolve",
            "print",
            "iprint",
            "show-config",
            "strict",
            "blacklist",
            "end-blacklist",
            "whitelist",
            "end-whitelist",
            "ifexists",
            "ifdir",
            "ifenv",
            "ifplugin",
            "else",
            "for",
            "end",
            "endif",
            "end-if",
            "endfor",
            "end-for");

    private final List<Setting> settings = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private Language() {}

    /**
     * Reads one file.
     *
     * @param file its absolute path
     * @param section the section whose settings are wanted; without it there are none
     */
    public static Reading read(String file, byte[] content, String section, Surroundings surroundings) {
        Document document = IniReader.read(file, content);
        Language language = new Language();
        language.problems.addAll(document.problems());
        Set<String> keys = new HashSet<>();
        for (Setting written : document.settings(section)) {
            keys.add(written.key());
            language.evaluate(written);
        }
        return new Reading(
                headers(document), language.settings, keys, Set.of(), List.of(), List.of(), language.problems);
    }

    private static Map<String, Position> headers(Document document) {
        Map<String, Position> headers = new LinkedHashMap<>();
        for (Document.Section section : document.sections()) {
            headers.putIfAbsent(section.name(), section.position());
        }
        return headers;
    }

    private void evaluate(Setting written) {
        String key = written.key();
        if (KEYS.contains(key) || key.startsWith("if-") || key.startsWith("for-")) {
            Position line =
                    new Position(written.position().file(), written.position().line(), 0);
            problems.add(new Problem(line, key, "not supported yet", "write the settings it leads to"));
        } else {
            unescape(written).ifPresent(value -> settings.add(new Setting(key, value, written.position())));
        }
    }

    private Optional<String> unescape(Setting written) {
        String value = written.value();
        int reference = indexOfReference(value);
        if (reference < 0) {
            return Optional.of(value.replace("%%", "%"));
        }
        boolean named = value.startsWith("(", reference + 1) || value.startsWith("%(", reference + 1);
        problems.add(new Problem(
                written.positionAt(reference),
                written.key(),
                "placeholders are not supported yet",
                named ? "write the text it stands for" : "write %% for a per cent sign"));
        return Optional.empty();
    }

    /** Where something begins that uWSGI would replace: {@code %x}, {@code %(x)}, {@code $(X)} or {@code @(x)}. */
    private static int indexOfReference(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean escaped = c == '%' && value.startsWith("%%", i);
            // uWSGI looks for %(x) in what is left after %% has become %, so %%(x) is a placeholder all the same.
            if ((c == '%' && !escaped)
                    || value.startsWith("%%(", i)
                    || value.startsWith("$(", i)
                    || value.startsWith("@(", i)) {
                return i;
            }
            i += escaped ? 1 : 0;
        }
        return -1;
    }
}
