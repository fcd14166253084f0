package org.emperor.spec;

import java.util.regex.Pattern;

/** User and group ids that can be meant: -1 means "no change" to the kernel, and 65535 is the -1 of 16-bit ids. */
final class Ids {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9]\\d{0,9}");
    private static final int SHORT_MINUS_ONE = 65_535;
    private static final String REMEDY = "write a name, or a number from 0 to " + Integer.MAX_VALUE + " but 65535";

    private Ids() {}

    /** A name, or a number that can be an id. */
    static Parsed<String> account(String text) {
        return Forms.text(text).then(account -> {
            if (!NUMBER.matcher(account).matches() || isUsable(account)) {
                return Parsed.value(account);
            }
            return Parsed.unfit(Shown.of(account) + " cannot be an id", REMEDY);
        });
    }

    static boolean isUsable(int id) {
        return id >= 0 && id != SHORT_MINUS_ONE;
    }

    private static boolean isUsable(String number) {
        if (!DECIMAL.matcher(number).matches()) {
            return false; // a sign, a leading zero (octal elsewhere), or far too long
        }
        long id = Long.parseLong(number);
        return id <= Integer.MAX_VALUE && isUsable((int) id);
    }
}
