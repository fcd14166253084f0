package org.emperor.spec;

/**
 * One key of the vassal file.
 *
 * @param key lower case with dashes
 * @param form what a value looks like
 * @param standard the value when the key is absent, as a person would write it; empty for none
 * @param repeatable whether the key may occur more than once, all values counting in order
 * @param meaning one sentence for the manual
 */
public record Option(String key, Form form, String standard, boolean repeatable, String meaning) {

    public static Option once(String key, Form form, String standard, String meaning) {
        return new Option(key, form, standard, false, meaning);
    }

    public static Option list(String key, Form form, String meaning) {
        return new Option(key, form, "", true, meaning);
    }
}
