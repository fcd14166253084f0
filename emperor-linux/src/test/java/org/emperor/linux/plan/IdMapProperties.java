package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.emperor.lang.Problem;

/** What a file may say of maps, against the same question asked id by id. */
class IdMapProperties {
    private static final long FIRST = 70_000;

    @Property(tries = 300)
    void fileIsRefusedExactlyWhenAnIdIsMappedTwice(@ForAll("lines") List<IdMap.Line> lines) {
        StringJoiner file = new StringJoiner("\n", "[vassal]\nexec = /a\nclone = user\nmap-host-users = true\n", "\n");
        lines.forEach(line -> file.add("uid-map = " + line));
        List<Problem> problems = JailReader.check(TestHost.spec(file.toString()).jail());
        assertEquals(isOneToOne(lines), problems.isEmpty(), lines + ": " + problems);
    }

    private static boolean isOneToOne(List<IdMap.Line> lines) {
        Set<Long> inside = new HashSet<>();
        Set<Long> outside = new HashSet<>();
        for (IdMap.Line line : lines) {
            for (long i = 0; i < line.count(); i++) {
                if (!inside.add(line.inside() + i) || !outside.add(line.outside() + i)) {
                    return false;
                }
            }
        }
        return true;
    }

    @Property(tries = 300)
    void everyInsideIdIsOneOutsideIdAndNoOtherIsMapped(@ForAll("lines") List<IdMap.Line> lines) {
        List<IdMap.Line> good = new ArrayList<>();
        for (IdMap.Line line : lines) {
            good.add(line);
            if (!isOneToOne(good)) {
                good.remove(line);
            }
        }
        IdMap map = new IdMap(good);
        Set<Long> outside = new HashSet<>();
        long ids = 0;
        for (long id = 0; id < 200; id++) {
            if (map.has(id)) {
                outside.add(map.outside(id).orElseThrow());
                ids++;
            }
        }
        assertEquals(good.stream().mapToLong(IdMap.Line::count).sum(), ids);
        assertEquals(ids, outside.size());
        assertEquals(map, IdMap.parse(map.text().lines().toList()), "what is written can be read");
    }

    @Provide
    Arbitrary<List<IdMap.Line>> lines() {
        Arbitrary<Long> start = Arbitraries.longs().between(0, 100);
        Arbitrary<Long> count = Arbitraries.longs().between(1, 30);
        return Combinators.combine(start, start, count)
                .as((inside, outside, many) -> new IdMap.Line(inside, FIRST + outside, many))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }
}
