package org.emperor.linux.plan;

/**
 * Where a controller can be used, if it can.
 *
 * @param text of {@code LEGACY} the emperor's own directory in its v1 hierarchy, of {@code NONE} why not, as the end of a
 *     sentence
 */
public record Control(By by, String text) {

    /** Which version of cgroups has it: the kernel gives each controller to one only. */
    public enum By {
        UNIFIED("v2"),
        LEGACY("v1"),
        NONE("no");

        private final String word;

        By(String word) {
            this.word = word;
        }
    }

    public static final Control UNIFIED = new Control(By.UNIFIED, "");

    public static Control legacy(String directory) {
        return new Control(By.LEGACY, directory);
    }

    public static Control none(String why) {
        return new Control(By.NONE, why);
    }

    /** {@code v2}, {@code v1 DIRECTORY} or {@code no WHY}. */
    @Override
    public String toString() {
        return text.isEmpty() ? by.word : by.word + " " + text;
    }

    static Control of(String fact) {
        int space = fact.indexOf(' ');
        String word = space < 0 ? fact : fact.substring(0, space);
        String text = space < 0 ? "" : fact.substring(space + 1);
        for (By by : By.values()) {
            if (by.word.equals(word)) {
                return new Control(by, text);
            }
        }
        throw new IllegalArgumentException(fact);
    }

    public boolean isUnified() {
        return by == By.UNIFIED;
    }
}
