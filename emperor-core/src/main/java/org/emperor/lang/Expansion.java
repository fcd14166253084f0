package org.emperor.lang;

import java.util.Optional;

/**
 * One value being replaced, from left to right and from the inside out. What a file or the environment says is looked
 * through for references again, because uWSGI's passes come one after another: {@code $()} before {@code @()} before
 * {@code %()}; magic variables and escapes are in the written text only.
 */
final class Expansion {
    private static final int LONGEST = 1 << 20;

    private final Expander expander;
    private final Given line;

    Expansion(Expander expander, Given line) {
        this.expander = expander;
        this.line = line;
    }

    String written() {
        return new Text(line.value(), "%$@", true, 0).whole();
    }

    String key() {
        return new Text(line.key(), "", true, -1).whole();
    }

    /** A text on its way to be replaced. */
    private final class Text {
        private final String text;
        private final String kinds;
        private final boolean written;
        private final int spot;
        private int at;

        /**
         * @param kinds the characters that begin a reference in it
         * @param written whether it has magic variables and escapes
         * @param spot where in the line's value what stands here was asked for; for the value itself 0
         */
        Text(String text, String kinds, boolean written, int spot) {
            this.text = text;
            this.kinds = kinds;
            this.written = written;
            this.spot = spot;
        }

        private int spot(int index) {
            return written && spot == 0 ? index : spot;
        }

        String whole() {
            StringBuilder out = new StringBuilder();
            while (at < text.length()) {
                next(out);
            }
            return out.toString();
        }

        /** What stands between the parentheses of a reference, itself replaced. */
        private String inside(int start) {
            expander.deeper(line, spot(start));
            StringBuilder out = new StringBuilder();
            while (at < text.length() && text.charAt(at) != ')') {
                next(out);
            }
            if (at == text.length()) {
                throw Refusal.of(
                        line,
                        spot(start),
                        "a reference that is not closed",
                        "end it with ), or write %" + text.charAt(start) + " for the sign itself");
            }
            at++;
            expander.back();
            return out.toString();
        }

        private void next(StringBuilder out) {
            char c = text.charAt(at);
            if (kinds.indexOf(c) >= 0 && text.startsWith("(", at + 1)) {
                int start = at;
                at += 2;
                out.append(replacement(c, inside(start), start));
            } else if (c == '%' && written) {
                magic(out);
            } else {
                out.append(c);
                at++;
            }
            if (out.length() > LONGEST) {
                throw Refusal.of(line, -1, "longer than 1 MiB", "write it simpler");
            }
        }

        private void magic(StringBuilder out) {
            char letter = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
            if (letter == '%' || letter == '$' || letter == '@') {
                out.append(letter);
            } else {
                Optional<String> value = line.scope().magic(letter);
                if (value.isEmpty()) {
                    throw Refusal.of(
                            line,
                            spot(at),
                            letter == '\0' ? "ends with a per cent sign" : "no such magic variable here",
                            "write %% for a per cent sign");
                }
                out.append(value.get());
            }
            at += 2;
        }

        private String replacement(char kind, String body, int start) {
            int spot = spot(start);
            return switch (kind) {
                case '$' -> again(expander.variable(body, line, spot), "%$@", spot);
                case '@' -> again(expander.file(body, line, spot), "%@", spot);
                default ->
                    body.indexOf(' ') < 0
                            ? expander.placeholder(body, line, spot)
                            : Arithmetic.of(body, name -> expander.operand(name, line));
            };
        }

        private String again(String foreign, String foreignKinds, int spot) {
            if (!Reference.mayBeIn(foreign)) {
                return foreign;
            }
            expander.deeper(line, spot);
            String replaced = new Text(foreign, foreignKinds, false, spot).whole();
            expander.back();
            return replaced;
        }
    }
}
