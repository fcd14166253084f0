package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;

/** Which ids inside a user namespace are which outside, as the lines of user_namespaces(7)'s uid_map. */
record IdMap(List<Line> lines) {
    /** The most ids there can be: 4294967295 means none. */
    static final long IDS = 0xffffffffL;

    /** Of the namespace that a host begins with. */
    static final IdMap WHOLE = new IdMap(List.of(new Line(0, 0, IDS)));

    /** A run of {@code count} ids from {@code inside}, which outside begins at {@code outside}. */
    record Line(long inside, long outside, long count) {

        boolean isPossible() {
            return inside >= 0
                    && outside >= 0
                    && count > 0
                    && count <= IDS
                    && inside + count <= IDS
                    && outside + count <= IDS;
        }

        boolean meetsInside(Line other) {
            return meet(inside, count, other.inside, other.count);
        }

        boolean meetsOutside(long first, long many) {
            return meet(outside, count, first, many);
        }

        private static boolean meet(long a, long countA, long b, long countB) {
            return a < b + countB && b < a + countA;
        }

        @Override
        public String toString() {
            return inside + " " + outside + " " + count;
        }
    }

    IdMap {
        lines = List.copyOf(lines);
    }

    static IdMap of(long inside, long outside, long count) {
        return new IdMap(List.of(new Line(inside, outside, count)));
    }

    /** What the inside id is outside. */
    OptionalLong outside(long id) {
        for (Line line : lines) {
            if (id >= line.inside && id - line.inside < line.count) {
                return OptionalLong.of(line.outside + (id - line.inside));
            }
        }
        return OptionalLong.empty();
    }

    boolean has(long id) {
        return outside(id).isPresent();
    }

    /** Whether one line has the whole run inside: the kernel does not join lines that adjoin (map_id_range_down). */
    boolean hasRun(long first, long count) {
        for (Line line : lines) {
            if (first >= line.inside && first - line.inside + count <= line.count) {
                return true;
            }
        }
        return false;
    }

    /** Who builds the jail: root inside if there is one, else the lowest id. */
    long builder() {
        long lowest = IDS;
        for (Line line : lines) {
            lowest = Math.min(lowest, line.inside);
        }
        return lowest;
    }

    /** As a map file of proc(5) wants it, in one write. */
    String text() {
        StringJoiner text = new StringJoiner("\n");
        lines.forEach(line -> text.add(line.toString()));
        return text.toString();
    }

    /** The inside ids for a message: {@code 0 to 999, 33}. */
    String ids() {
        List<Line> ordered = new ArrayList<>(lines);
        ordered.sort(Comparator.comparingLong(Line::inside));
        StringJoiner text = new StringJoiner(", ");
        for (Line line : ordered) {
            text.add(line.count == 1 ? "" + line.inside : line.inside + " to " + (line.inside + line.count - 1));
        }
        return text.toString();
    }

    /** What a map file of proc(5) says; what is no line of one counts as not there. */
    static IdMap parse(Iterable<String> text) {
        List<Line> lines = new ArrayList<>();
        for (String row : text) {
            parseLine(row).filter(Line::isPossible).ifPresent(lines::add);
        }
        return new IdMap(lines);
    }

    /** Three numbers with blanks between them. */
    static Optional<Line> parseLine(String row) {
        List<Long> numbers = new ArrayList<>();
        for (String word : row.strip().split("[ \t]+", -1)) {
            if (!isNumber(word)) {
                return Optional.empty();
            }
            numbers.add(Long.parseLong(word));
        }
        return numbers.size() == 3
                ? Optional.of(new Line(numbers.get(0), numbers.get(1), numbers.get(2)))
                : Optional.empty();
    }

    /** At most ten digits: no id has more. */
    static boolean isNumber(String word) {
        boolean fits = !word.isEmpty() && word.length() <= 10;
        for (int i = 0; i < word.length(); i++) {
            fits &= word.charAt(i) >= '0' && word.charAt(i) <= '9';
        }
        return fits;
    }
}
