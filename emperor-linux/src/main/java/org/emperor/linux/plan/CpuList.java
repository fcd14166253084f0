package org.emperor.linux.plan;

import java.util.BitSet;
import java.util.Optional;
import org.emperor.spec.Digits;

/** Processors or memory nodes as the kernel lists them (cpuset(7)): {@code 0-3,8}. */
final class CpuList {
    private CpuList() {}

    static Optional<BitSet> parse(String text) {
        BitSet numbers = new BitSet();
        for (String word : text.split(",", -1)) {
            Optional<Digits.Range> range = Digits.range(word);
            if (range.isEmpty()) {
                return Optional.empty();
            }
            numbers.set(range.get().first(), range.get().last() + 1);
        }
        return Optional.of(numbers);
    }
}
