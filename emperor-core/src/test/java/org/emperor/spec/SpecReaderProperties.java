package org.emperor.spec;

import static org.emperor.spec.SpecReaderFixture.accepted;
import static org.emperor.spec.SpecReaderFixture.problems;
import static org.emperor.spec.SpecReaderFixture.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.emperor.lang.Problem;

class SpecReaderProperties {
    private static final String PLAIN = "[vassal]\nexec = /bin/true\n";
    private static final String SECRET = "hunter2";

    @Property
    void anyBytesAreAnswered(@ForAll @Size(max = 2000) byte[] content) {
        assertAnswered(read(content));
    }

    @Property(tries = 3000)
    void anyLinesAreAnswered(@ForAll("files") String content) {
        assertAnswered(read(content));
    }

    @Property
    void fileWithOneWrongBitIsAnswered(@ForAll("files") String content, @ForAll int bit) {
        byte[] bytes = (PLAIN + content).getBytes(StandardCharsets.UTF_8);
        int position = Math.floorMod(bit, bytes.length * 8);
        bytes[position / 8] ^= (byte) (1 << (position % 8));
        assertAnswered(read(bytes));
    }

    @Property
    void readingTwiceIsReadingOnce(@ForAll("files") String content) {
        assertEquals(read(content), read(content));
    }

    @Property
    void commentsBlankLinesAndCarriageReturnsMeanNothing(@ForAll("goodLines") List<String> lines) {
        String loose = PLAIN + String.join("\n\n; comment %x\n\t", lines) + "\n#";
        assertEquals(
                accepted(PLAIN + String.join("\n", lines)).digest(),
                accepted(loose.replace("\n", " \r\n")).digest());
    }

    @Property
    void everyWrongLineIsToldWithItsNumber(@ForAll("goodLines") List<String> lines, @ForAll int place) {
        int at = Math.floorMod(place, lines.size() + 1);
        List<String> withWrong = new ArrayList<>(lines);
        withWrong.add(at, "stop-grace = soon");
        String problems = problems(read(PLAIN + String.join("\n", withWrong)));
        assertTrue(problems.startsWith("web.ini:" + (3 + at) + ":14: stop-grace: \"soon\""), problems);
        assertEquals(1, problems.lines().count());
    }

    @Property
    void valuesOfVariablesAreNeverInAProblem(@ForAll("secretLines") List<String> lines) {
        String problems = problems(read(PLAIN + "colne = x\n" + String.join("\n", lines)));
        assertTrue(problems.contains("did you mean clone?"), problems);
        assertFalse(problems.contains(SECRET), problems);
    }

    private static void assertAnswered(SpecResult result) {
        if (result instanceof SpecResult.Refused refused) {
            assertFalse(refused.problems().isEmpty());
            for (Problem problem : refused.problems()) {
                assertFalse(problem.rule().isEmpty());
                assertTrue(problem.toString().codePoints().noneMatch(Character::isISOControl), problem::toString);
            }
        } else {
            assertFalse(((SpecResult.Accepted) result).spec().program().argv().isEmpty());
        }
    }

    @Provide
    Arbitrary<String> files() {
        Arbitrary<String> text = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20),
                Arbitraries.of(
                        "", "1", "-1", "5s", "true", "a 'b", "A=b", "%n", "$(x)", "TERM", "\\", "root", "\u202e"));
        Arbitrary<String> key = Arbitraries.oneOf(
                Arbitraries.of(SpecReaderFixture.TABLE.options()).map(Option::key),
                Arbitraries.of(
                        "include", "if-env", "jail-ip4", "exce", "[vassal]", "[", "]", ";", "[uwsgi]", "[vassal"),
                Arbitraries.strings().ofMaxLength(8));
        Arbitrary<String> line = Combinators.combine(key, Arbitraries.of(" = ", "=", "", "\t"), text)
                .as((left, middle, right) -> left + middle + right);
        Arbitrary<String> start = Arbitraries.of("[vassal]\n", PLAIN, "", "\uFEFF");
        return Combinators.combine(start, line.list().ofMaxSize(20))
                .as((first, rest) -> first + String.join("\n", rest));
    }

    @Provide
    Arbitrary<List<String>> goodLines() {
        Arbitrary<String> value =
                Arbitraries.strings().alpha().numeric().withChars(" ='#;é").ofMaxLength(10);
        return Combinators.combine(Arbitraries.of("env = A=x", "env = B=y", "hook-post-jail = z", "sysctl=C="), value)
                .as((setting, end) -> (setting + end).strip())
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<String>> secretLines() {
        Arbitrary<String> before =
                Arbitraries.of("env = A=", "env = ", "env=9=", "env ", "env = A B=", "ENV: A=", "env = =");
        Arbitrary<String> after = Arbitraries.of("", "%n", "$(X)", "%%", "'", "\\", "\u0001", "@(x)");
        return Combinators.combine(before, after)
                .as((start, end) -> start + SECRET + end)
                .list()
                .ofMaxSize(6);
    }
}
