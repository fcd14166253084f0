package org.emperor.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One value being replaced, from left to right and from the inside out. What a file or the environment says is looked
 * through for references again, because uWSGI's passes come one after another: {@code $()} before {@code @()} before
 * {@code %()}; magic variables and escapes are in the written text only.
 */
final class Expansion {
    private static final int LONGEST = 1 << 20;
    private static final int MOST_REFUSALS = 100;

    private final Expander expander;
    private final Given line;
    private final List<Refusal> refusals = new ArrayList<>();

    Expansion(Expander expander, Given line) {
        this.expander = expander;
        this.line = line;
    }

    /** @throws Refusal with everything that is wrong with it */
    String written() {
        String text = new Text(line.value(), "%$@", true, 0).whole();
        if (!refusals.isEmpty()) {
            throw Refusal.of(refusals);
        }
        return text;
    }

    String key() {
        return new Text(line.key(), "", true, 0).whole();
    }

    /** A text that the line asks for at that index. */
    String foreign(String text, int index) {
        expander.deeper(line, index);
        String replaced = new Text(text, "%$@", false, index).whole();
        expander.back();
        return replaced;
    }

    /** A text on its way to be replaced. */
    private final class Text {
        private final String text;
        private final String kinds;
        private final boolean written;
        private final int askedAt;
        private int at;

        /**
         * @param kinds the characters that begin a reference in it
         * @param written whether it has magic variables and escapes
         * @param askedAt where in the line's value what stands here was asked for, if it is not that value itself
         */
        Text(String text, String kinds, boolean written, int askedAt) {
            this.text = text;
            this.kinds = kinds;
            this.written = written;
            this.askedAt = askedAt;
        }

        private int spot(int index) {
            return written ? index : askedAt;
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
                char kind = text.charAt(start);
                throw Refusal.of(
                        line,
                        spot(start),
                        kind + "( without its )",
                        kind == '%' ? "close it, or write %%( for %(" : "close it");
            }
            at++;
            expander.back();
            return out.toString();
        }

        private void next(StringBuilder out) {
            char c = text.charAt(at);
            if (kinds.indexOf(c) >= 0 && text.startsWith("(", at + 1)) {
                reference(c, out);
            } else if (c == '%' && written) {
                magic(out);
            } else {
                out.append(c);
                at++;
            }
            if (out.length() > LONGEST) {
                throw Refusal.of(line, 0, "longer than 1 MiB", "write it simpler");
            }
        }

        private void reference(char kind, StringBuilder out) {
            int start = at;
            int depth = expander.depth();
            int wrong = refusals.size();
            at += 2;
            String body = inside(start);
            if (refusals.size() > wrong) {
                return; // of a name that is not whole there is nothing more to say
            }
            try {
                out.append(replacement(kind, body, spot(start)));
            } catch (Refusal refusal) {
                if (refusal.isLast() || !written) {
                    throw refusal;
                }
                expander.backTo(depth);
                refuse(refusal);
            }
        }

        /** Goes on, for what else is wrong with the value. */
        private void refuse(Refusal refusal) {
            refusals.add(refusal);
            if (refusals.size() == MOST_REFUSALS) {
                throw Refusal.of(refusals);
            }
        }

        private void magic(StringBuilder out) {
            char letter = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
            if (letter == '%' || letter == '$' || letter == '@') {
                out.append(letter);
            } else {
                Optional<String> value = line.scope().magic(letter);
                if (value.isPresent()) {
                    out.append(value.get());
                } else if (kinds.isEmpty()) {
                    throw Refusal.ofKey(line, noMagic(), "write %% for a per cent sign");
                } else {
                    refuse(Refusal.of(line, spot(at), noMagic(), "write %% for a per cent sign"));
                }
            }
            at += 2;
        }

        private String noMagic() {
            String letter = Shown.of(text.substring(Math.min(at + 1, text.length()), Math.min(at + 2, text.length())));
            return switch (letter) {
                case "" -> "a % at the end of a line";
                case " " -> "a % before a space is no magic variable";
                default -> "%" + letter + " is no magic variable";
            };
        }

        private String replacement(char kind, String body, int spot) {
            return switch (kind) {
                case '$' -> again(expander.variable(body, line, spot), "%$@", spot);
                case '@' -> again(expander.file(body, line, spot), "%@", spot);
                default ->
                    body.indexOf(' ') < 0 ? expander.placeholder(body, line, spot) : expander.formula(body, line, spot);
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
