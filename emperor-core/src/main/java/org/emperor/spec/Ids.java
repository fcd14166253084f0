package org.emperor.spec;

import org.emperor.lang.Shown;

/** User and group ids that can be meant: -1 means "no change" to the kernel, and 65535 is the -1 of 16-bit ids. */
final class Ids {
    private static final int SHORT_MINUS_ONE = 65_535;
    private static final String REMEDY = "write a name, or a number from 0 to " + Integer.MAX_VALUE + " but 65535";

    private Ids() {}

    /** A name, or a number that can be an id. */
    static Parsed<String> account(String text) {
        return Forms.text(text).then(account -> {
            if (!isNumber(account) || isUsable(account)) {
                return Parsed.value(account);
            }
            return Parsed.unfit(Shown.quoted(account) + " cannot be an id", REMEDY);
        });
    }

    static boolean isUsable(int id) {
        return id >= 0 && id != SHORT_MINUS_ONE;
    }

    private static boolean isNumber(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        return Digits.are(signed ? text.substring(1) : text, Integer.MAX_VALUE);
    }

    /** Neither a sign, nor a leading zero (octal elsewhere), nor far too long. */
    private static boolean isUsable(String number) {
        boolean plain = Digits.are(number, 10) && (number.length() == 1 || number.charAt(0) != '0');
        return plain && Long.parseLong(number) <= Integer.MAX_VALUE && isUsable(Integer.parseInt(number));
    }
}
