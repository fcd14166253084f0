package org.emperor.spec;

/**
 * One key of the vassal file, or of the daemon's settings.
 *
 * @param key lower case with dashes
 * @param form what a value looks like
 * @param standard the value when the key is absent, as a person would write it; empty for none
 * @param repeatable whether the key may occur more than once, all values counting in order
 * @param meaning sentences for the manual
 * @param since the first version that knew the key
 * @param platform the one system it works on, as a person names it; empty for all
 * @param sameAs the key of which this is another name; empty if it is none
 */
public record Option(
        String key,
        Form form,
        String standard,
        boolean repeatable,
        String meaning,
        Group group,
        String since,
        String platform,
        Support support,
        String sameAs) {
    private static final String FIRST = "0.1";

    public static Option once(String key, Form form, String standard, String meaning) {
        return new Option(key, form, standard, false, meaning, Group.PROGRAM, FIRST, "", Support.WORKS, "");
    }

    public static Option list(String key, Form form, String meaning) {
        return new Option(key, form, "", true, meaning, Group.PROGRAM, FIRST, "", Support.WORKS, "");
    }

    /** The same key under another name. */
    public Option alsoAs(String name) {
        String text = "The same as " + key + ".";
        return new Option(name, form, "", repeatable, text, group, since, platform, support, key);
    }

    public Option in(Group where) {
        return new Option(key, form, standard, repeatable, meaning, where, since, platform, support, sameAs);
    }

    public Option on(String system) {
        return new Option(key, form, standard, repeatable, meaning, group, since, system, support, sameAs);
    }

    public Option later() {
        return new Option(key, form, standard, repeatable, meaning, group, since, platform, Support.LATER, sameAs);
    }

    /** What a text is as a value of this key: a value, or why it is none. */
    public Parsed<?> check(String text) {
        return Forms.check(this, text);
    }

    /** The key that says the same and stands for all its names. */
    public String canonical() {
        return sameAs.isEmpty() ? key : sameAs;
    }
}
