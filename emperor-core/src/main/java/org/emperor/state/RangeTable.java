package org.emperor.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.emperor.jail.IdRange;
import org.emperor.spec.VassalName;

/** The content of the file of id ranges: lines {@code name = base}. */
record RangeTable(Map<VassalName, Integer> bases, List<Integer> badLines) {
    static final int FIRST = IdRange.POOL_FIRST;

    static final int LENGTH = IdRange.LENGTH;

    private static final int LAST = FIRST + IdRange.POOL - LENGTH;

    private static final Pattern LINE = Pattern.compile("(\\S+) = ([0-9]{1,10})");

    RangeTable {
        bases = Map.copyOf(bases);
        badLines = List.copyOf(badLines);
    }

    /** Takes every line that can be true and contradicts no earlier one; the numbers of the others count from 1. */
    static RangeTable parse(String text) {
        Map<VassalName, Integer> bases = new HashMap<>();
        Set<Integer> taken = new HashSet<>();
        List<Integer> bad = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            boolean isCut = i == lines.size() - 1 && !text.endsWith("\n");
            if (isCut || !take(lines.get(i), bases, taken)) {
                bad.add(i + 1);
            }
        }
        return new RangeTable(bases, bad);
    }

    private static boolean take(String line, Map<VassalName, Integer> bases, Set<Integer> taken) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return false;
        }
        Optional<VassalName> name = VassalName.parse(matcher.group(1));
        long base = Long.parseLong(matcher.group(2));
        boolean isRange = base >= FIRST && base <= LAST && base % LENGTH == 0;
        if (name.isEmpty() || !isRange || bases.containsKey(name.get()) || !taken.add((int) base)) {
            return false;
        }
        bases.put(name.get(), (int) base);
        return true;
    }

    boolean isWhole() {
        return badLines.isEmpty();
    }

    RangeTable with(VassalName name, int base) {
        Map<VassalName, Integer> more = new HashMap<>(bases);
        more.put(name, base);
        return new RangeTable(more, List.of());
    }

    Optional<IdRange> rangeOf(VassalName name) {
        return Optional.ofNullable(bases.get(name)).map(base -> new IdRange(base, LENGTH));
    }

    /** The content of the file, in the order of the ranges. */
    @Override
    public String toString() {
        Map<Integer, VassalName> ordered = new TreeMap<>();
        bases.forEach((name, base) -> ordered.put(base, name));
        return ordered.entrySet().stream()
                .map(entry -> entry.getValue() + " = " + entry.getKey() + "\n")
                .collect(Collectors.joining());
    }
}
