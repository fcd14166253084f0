package org.emperor.spec;

import java.util.List;
import java.util.stream.Collectors;

/** Tables of options as the manual pages and the reference page tell them. */
public final class KeyText {
    private KeyText() {}

    /** Lists of mdoc(7), under a subsection for each group. */
    public static String manual(List<Option> keys) {
        return inGroups(keys, (group, options) -> manual(group, options, ".It Ic "));
    }

    /** The same of options of a command. */
    public static String manualOfCommand(List<Option> all) {
        return inGroups(all, (group, options) -> manual(group, options, ".It Fl Fl "));
    }

    private static String manual(Group group, List<Option> options, String macros) {
        return ".Ss " + group.title() + "\n.Bl -tag -width Ds\n"
                + options.stream().map(option -> manual(macros, option)).collect(Collectors.joining()) + ".El\n";
    }

    private static String manual(String macros, Option option) {
        StringBuilder text =
                new StringBuilder(macros + option.key() + " Ar " + option.form().noun() + "\n");
        for (String sentence : option.meaning().split("(?<=[.;]) (?=[A-Za-z])", -1)) {
            text.append(roff(sentence)).append('\n');
        }
        if (option.repeatable()) {
            text.append("May be repeated.\n");
        }
        if (option.support() == Support.LATER) {
            text.append("Not supported yet.\n");
        }
        if (!option.standard().isEmpty()) {
            text.append("Default: ").append(roff(option.standard())).append(".\n");
        }
        return text.toString();
    }

    private static String roff(String text) {
        String escaped = text.replace("\\", "\\e");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    /** A table of Markdown for each group. */
    public static String markdown(List<Option> options) {
        return inGroups(options, KeyText::markdown);
    }

    private static String markdown(Group group, List<Option> options) {
        return "\n### " + group.title()
                + "\n\n| key | value | default | meaning | since | |\n| --- | --- | --- | --- | --- | --- |\n"
                + options.stream().map(KeyText::row).collect(Collectors.joining("\n")) + "\n";
    }

    private static String row(Option option) {
        String more = option.repeatable() ? " …" : "";
        String standard = option.standard().isEmpty() ? "" : "`" + option.standard() + "`";
        String support = option.support() == Support.LATER ? "not supported yet" : "";
        return "| "
                + String.join(
                        " | ",
                        "`" + option.key() + "`",
                        option.form().noun() + more,
                        standard,
                        option.meaning().replace("|", "\\|"),
                        option.since(),
                        support)
                + " |";
    }

    private static String inGroups(
            List<Option> options, java.util.function.BiFunction<Group, List<Option>, String> text) {
        StringBuilder all = new StringBuilder();
        for (Group group : Group.values()) {
            List<Option> members =
                    options.stream().filter(option -> option.group() == group).toList();
            if (!members.isEmpty()) {
                all.append(text.apply(group, members));
            }
        }
        return all.toString();
    }
}
