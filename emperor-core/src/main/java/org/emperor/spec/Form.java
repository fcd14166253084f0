package org.emperor.spec;

/** The shape of an option's value, checked by the reader before anything else looks at it. */
public enum Form {
    /** Any text without NUL, not empty. */
    TEXT("text"),
    /** Words split as a shell splits them (quotes and backslash), never run by one. */
    WORDS("words"),
    /** {@code NAME=VALUE}. */
    ASSIGNMENT("NAME=value"),
    /** The name of a variable. */
    VARIABLE("NAME"),
    /** An absolute path. */
    PATH("path"),
    /** A word, or the absolute path of a file whose content then counts as a part of the vassal file. */
    DOCUMENT("word or path"),
    /** Seconds, or a number with ms, s, m, h or d. */
    DURATION("duration"),
    /** A whole number from 0. */
    COUNT("count"),
    /** A whole number. */
    NUMBER("number"),
    /** Permission bits in octal. */
    OCTAL("octal"),
    /** true, false, yes, no, on, off, 1, 0, or empty for true. */
    FLAG("flag"),
    /** A signal name. */
    SIGNAL("signal"),
    /** Signals, each with the time until the next. */
    STEPS("steps"),
    /** Exit codes. */
    CODES("codes"),
    /** A user or group, by name or number. */
    ACCOUNT("account"),
    /** Processors, as {@code 0-3,8}. */
    CPUS("processors"),
    /** {@code BOTH} or {@code SOFT:HARD}. */
    LIMIT("limit"),
    /** {@code name=value} words. */
    LABELS("labels"),
    /** What file names end in, with its dot. */
    ENDING(".ending");

    private final String noun;

    Form(String noun) {
        this.noun = noun;
    }

    /** What a manual calls a value of this form. */
    public String noun() {
        return noun;
    }

    /** Whether the value of a flag, which was checked to be one, says yes. */
    public static boolean isOn(String flag) {
        return Forms.flag(flag).value().orElse(true);
    }
}
