package org.emperor.lang;

import java.util.function.UnaryOperator;

/**
 * What {@code %(a + 1)} means: words between blanks, from left to right without precedence, in 64 bits that wrap. Two
 * words without an operator between them are joined as text; what is no number counts as the number it begins with, or 0.
 */
final class Arithmetic {
    private Arithmetic() {}

    /** @param values the text of a word that is neither a number nor an operator */
    static String of(String formula, UnaryOperator<String> values) {
        StringBuilder result = new StringBuilder();
        char operator = ' ';
        for (int from = 0; from < formula.length(); ) {
            int blank = formula.indexOf(' ', from);
            int end = blank < 0 ? formula.length() : blank;
            String word = formula.substring(from, end);
            from = end + 1;
            if (word.equals("++") || word.equals("--")) {
                set(result, number(result.toString()) + (word.equals("++") ? 1 : -1));
            } else if (word.length() == 1 && "+-*/".contains(word)) {
                operator = word.charAt(0);
            } else if (!word.isEmpty()) {
                String operand = isNumber(word) ? word : values.apply(word);
                if (operator == ' ') {
                    result.append(operand);
                } else {
                    set(result, apply(operator, number(result.toString()), number(operand)));
                }
                operator = ' ';
            }
        }
        return result.toString();
    }

    private static void set(StringBuilder result, long number) {
        result.setLength(0);
        result.append(number);
    }

    private static long apply(char operator, long left, long right) {
        return switch (operator) {
            case '+' -> left + right;
            case '-' -> left - right;
            case '*' -> left * right;
            default -> right == 0 ? 0 : left / right;
        };
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

    /** As strtoll(3) with base 10, which stops at the largest and the smallest number. */
    private static long number(String text) {
        int at = 0;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        int from = at;
        at += at < text.length() && "+-".indexOf(text.charAt(at)) >= 0 ? 1 : 0;
        int digits = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == digits) {
            return 0;
        }
        try {
            return Long.parseLong(text, from, at, 10);
        } catch (NumberFormatException beyond) {
            return text.charAt(from) == '-' ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
