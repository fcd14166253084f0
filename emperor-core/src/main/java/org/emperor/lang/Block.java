package org.emperor.lang;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The lines between an opener such as {@code if-env} or {@code for} and its end, blocks in it included.
 *
 * @param lines those that count while the test is true or the loop turns
 * @param others those after {@code else}
 */
record Block(Setting opener, List<Part> lines, List<Part> others) {
    private static final int DEEPEST = 32;

    /** A line, or a block that stands where a line could. */
    record Part(Setting line, List<Block> block) {}

    static boolean isOpener(String key) {
        return key.startsWith("if-") || isLoop(key) || isOldTest(key);
    }

    static boolean isLoop(String key) {
        return key.equals("for") || key.startsWith("for-");
    }

    private static boolean isOldTest(String key) {
        return switch (key) {
            case "ifexists", "ifdir", "ifenv", "ifplugin" -> true;
            default -> false;
        };
    }

    static boolean isEnd(String key) {
        return switch (key) {
            case "end", "endif", "end-if", "endfor", "end-for" -> true;
            default -> false;
        };
    }

    /** What one file's section says, in blocks; what belongs to no block is a problem. */
    static List<Part> parts(List<Setting> written, Problems problems) {
        return new Builder(problems).parts(written);
    }

    private static final class Builder {
        private final Problems problems;
        private final Deque<Opened> open = new ArrayDeque<>();
        private final List<Part> top = new ArrayList<>();

        Builder(Problems problems) {
            this.problems = problems;
        }

        /** A block whose end is not seen yet. */
        private static final class Opened {
            private final Setting opener;
            private final List<Part> lines = new ArrayList<>();
            private final List<Part> others = new ArrayList<>();
            private boolean otherwise;

            Opened(Setting opener) {
                this.opener = opener;
            }
        }

        List<Part> parts(List<Setting> written) {
            for (Setting line : written) {
                String key = line.key();
                if (isOpener(key)) {
                    if (open.size() == DEEPEST) {
                        problem(line, "blocks deeper than " + DEEPEST, "write it simpler");
                        return List.of();
                    }
                    open.push(new Opened(line));
                } else if (isEnd(key)) {
                    close(line);
                } else if (key.equals("else")) {
                    otherwise(line);
                } else {
                    add(new Part(line, List.of()));
                }
            }
            for (Opened unclosed : open) {
                String end = isLoop(unclosed.opener.key()) ? "endfor" : "endif";
                problems.add(new Problem(
                        unclosed.opener.position(),
                        Shown.of(unclosed.opener.key()),
                        "a block that is not closed",
                        "end it with " + end));
            }
            return top;
        }

        private void add(Part part) {
            Opened inner = open.peek();
            (inner == null ? top : inner.otherwise ? inner.others : inner.lines).add(part);
        }

        private void close(Setting end) {
            if (open.isEmpty()) {
                problem(end, "closes no block", "remove it");
                return;
            }
            Opened closed = open.pop();
            add(new Part(closed.opener, List.of(new Block(closed.opener, closed.lines, closed.others))));
        }

        private void otherwise(Setting line) {
            Opened inner = open.peek();
            if (inner == null || isLoop(inner.opener.key())) {
                problem(line, "belongs to no if", "put it between if-... and endif");
            } else if (inner.otherwise) {
                problem(line, "the second one of this block", "remove one");
            } else {
                inner.otherwise = true;
            }
        }

        private void problem(Setting line, String rule, String remedy) {
            Position position =
                    new Position(line.position().file(), line.position().line(), 0);
            problems.add(new Problem(position, Shown.of(line.key()), rule, remedy));
        }
    }
}
