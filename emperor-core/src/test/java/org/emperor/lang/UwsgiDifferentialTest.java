package org.emperor.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.emperor.lang.RealUwsgi.Answer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The corpus before a real uWSGI: what it is said to do the same it does, and what is said to differ does differ. */
@Tag("kernel")
class UwsgiDifferentialTest {
    private static final int FEWEST = 300;

    @TestFactory
    Stream<DynamicTest> realUwsgiReadsTheCorpusAsItSays(@TempDir Path scratch) throws Exception {
        assumeTrue(RealUwsgi.isInstalled(), "needs uwsgi-core");
        List<CorpusCase> cases = CorpusCase.all().stream()
                .filter(it -> !it.uwsgi().equals("unseen"))
                .toList();
        assertTrue(cases.stream().filter(it -> it.uwsgi().equals("yes")).count() >= FEWEST);
        List<Answer> answers = RealUwsgi.answers(cases, scratch);
        return IntStream.range(0, cases.size())
                .mapToObj(i -> dynamicTest(cases.get(i).name(), () -> compare(cases.get(i), answers.get(i))));
    }

    private static void compare(CorpusCase asked, Answer answer) {
        if (asked.uwsgi().equals("no")) {
            assertFalse(
                    isTheSame(asked, answer),
                    "no difference after all: " + asked.about().get("why"));
        } else if (asked.isRefused()) {
            assertEquals(Optional.empty(), answer.settings(), asked.name());
            assertTrue(answer.status() > 0 && answer.status() < RealUwsgi.KILLED, asked + ": " + answer.said());
        } else {
            assertEquals(Optional.of(asked.expected()), answer.settings(), asked + ": " + answer.said());
            assertEquals(asked.printed(), answer.printed(), asked.name());
        }
    }

    private static boolean isTheSame(CorpusCase asked, Answer answer) {
        return asked.isRefused()
                ? answer.settings().isEmpty()
                : answer.settings().equals(Optional.of(asked.expected()))
                        && answer.printed().equals(asked.printed());
    }
}
