package org.emperor.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.emperor.lang.Shown;

/** Lists of small numbers: exit codes, processors. */
final class Numbers {
    private static final int LAST_CODE = 255;

    /** CPU_SETSIZE of sched_setaffinity(2) as libraries see it. */
    private static final int LAST_PROCESSOR = 1023;

    private Numbers() {}

    /** Exit codes between blanks or commas, in rising order; none if there is only the word none. */
    static Parsed<List<Integer>> exitCodes(String text) {
        if (text.equals("none")) {
            return Parsed.value(List.of());
        }
        SortedSet<Integer> codes = new TreeSet<>();
        for (String word : text.replace(',', ' ').split(" +", -1)) {
            if (!isUpTo(word, LAST_CODE)) {
                return Parsed.unfit(
                        Shown.quoted(word) + " is not an exit code",
                        "write codes from 0 to 255 with blanks between, or none");
            }
            codes.add(Integer.parseInt(word));
        }
        return Parsed.value(new ArrayList<>(codes));
    }

    /** Processors and ranges of them between commas, such as {@code 0-3,8}, in rising order. */
    static Parsed<List<Integer>> processors(String text) {
        SortedSet<Integer> numbers = new TreeSet<>();
        for (String range : text.replace(" ", "").split(",", -1)) {
            Optional<Digits.Range> known = Digits.range(range).filter(it -> it.last() <= LAST_PROCESSOR);
            if (known.isEmpty()) {
                return Parsed.unfit(
                        Shown.quoted(range) + " is not a processor or a range of them",
                        "write for instance 0-3,8; numbers go up to " + LAST_PROCESSOR);
            }
            for (int number = known.get().first(); number <= known.get().last(); number++) {
                numbers.add(number);
            }
        }
        return Parsed.value(new ArrayList<>(numbers));
    }

    private static boolean isUpTo(String digits, int most) {
        return Digits.are(digits, 4) && Integer.parseInt(digits) <= most;
    }
}
