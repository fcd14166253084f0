package org.emperor.lang;

/**
 * What one reading may cost in all, includes and loops included: a few lines can ask for more than any machine has. Each
 * method ends the reading when its bound is passed.
 */
final class Budget {
    static final int MOST_SETTINGS = 100_000;
    static final int MOST_STEPS = 1_000_000;
    static final int MOST_TEXT = 16 << 20;
    static final int MOST_FILES = 1_000;
    static final int MOST_BYTES = 16 << 20;

    private int settings;
    private int steps;
    private int text;
    private int files;
    private int bytes;

    void setting(Given line) {
        settings = spend(settings, 1, MOST_SETTINGS, line, "more than 100000 settings");
    }

    /** One turn of a loop, one test, one reference. */
    void step(Given line) {
        steps = spend(steps, 1, MOST_STEPS, line, "more than 1000000 steps of loops and references");
    }

    /** Text that is not the file's own: replaced, or cut out of a line. */
    void text(Given line, int length) {
        text = spend(text, length, MOST_TEXT, line, "more than 16 MiB of replaced text");
    }

    void file(Given line, int length) {
        files = spend(files, 1, MOST_FILES, line, "more than 1000 files");
        bytes = spend(bytes, length, MOST_BYTES, line, "more than 16 MiB of files");
    }

    private static int spend(int spent, int more, int most, Given line, String rule) {
        if (more > most - spent) {
            throw Refusal.last(line, rule + " in all", "write it simpler");
        }
        return spent + more;
    }
}
