package org.emperor.lang;

import org.jspecify.annotations.Nullable;

/**
 * What {@code %(a + 1)} means: words between blanks, from left to right without precedence, whole numbers of 64 bits. Two
 * words without an operator between them are joined as text.
 */
final class Arithmetic {
    /** What is wrong with a formula; {@code word} is the one that is not as it should be, or null for the whole. */
    static final class Flaw extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final @Nullable String word;
        private final String rule;
        private final String remedy;

        Flaw(@Nullable String word, String rule, String remedy) {
            super(rule, null, false, false);
            this.word = word;
            this.rule = rule;
            this.remedy = remedy;
        }

        String rule(String formula) {
            String whole = "%(" + Shown.of(formula) + ")";
            return (word == null ? whole : Shown.of(word) + " in " + whole) + " " + rule;
        }

        String remedy() {
            return remedy;
        }
    }

    interface Values {
        /** The text of a word that is neither a number nor an operator; null if it has none. */
        @Nullable
        String of(String word);
    }

    private final Values values;
    private final StringBuilder result = new StringBuilder();
    private String last = "";
    private char operator = ' ';

    private Arithmetic(Values values) {
        this.values = values;
    }

    static String of(String formula, Values values) {
        Arithmetic arithmetic = new Arithmetic(values);
        for (int from = 0; from < formula.length(); ) {
            int blank = formula.indexOf(' ', from);
            int end = blank < 0 ? formula.length() : blank;
            if (end > from) {
                arithmetic.word(formula.substring(from, end));
            }
            from = end + 1;
        }
        return arithmetic.result.toString();
    }

    private void word(String word) {
        if (word.equals("++") || word.equals("--")) {
            calculate(word.charAt(0), "1", word);
        } else if (word.length() == 1 && "+-*/".contains(word)) {
            operator = word.charAt(0);
        } else {
            String operand = isNumber(word) ? word : values.of(word);
            if (operand == null) {
                throw new Flaw(word, "is not defined", "define it with set-ph = " + Shown.of(word) + "=VALUE");
            }
            if (operator == ' ') {
                result.append(operand);
            } else {
                calculate(operator, operand, word);
            }
            operator = ' ';
            last = word;
        }
    }

    private void calculate(char sign, String operand, String word) {
        long value = apply(sign, number(result.toString(), last), number(operand, word));
        result.setLength(0);
        result.append(value);
    }

    private static long apply(char sign, long left, long right) {
        if (sign == '/' && right == 0) {
            throw new Flaw(null, "divides by zero", "divide by something else");
        }
        try {
            return switch (sign) {
                case '+' -> Math.addExact(left, right);
                case '-' -> Math.subtractExact(left, right);
                case '*' -> Math.multiplyExact(left, right);
                default -> right == -1 ? Math.negateExact(left) : left / right;
            };
        } catch (ArithmeticException beyond) {
            throw tooLarge();
        }
    }

    private static Flaw tooLarge() {
        return new Flaw(null, "is beyond 64 bits", "use smaller numbers");
    }

    private static long number(String text, String word) {
        if (!isNumber(text)) {
            throw new Flaw(word, "is no whole number", "give it one");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException beyond) {
            throw tooLarge();
        }
    }

    private static boolean isNumber(String word) {
        int from = word.startsWith("-") ? 1 : 0;
        for (int i = from; i < word.length(); i++) {
            if (word.charAt(i) < '0' || word.charAt(i) > '9') {
                return false;
            }
        }
        return word.length() > from;
    }
}
