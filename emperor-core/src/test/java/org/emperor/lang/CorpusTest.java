package org.emperor.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The corpus before our reader: as it is written, and in every other format that can say the same. */
class CorpusTest {
    private static final List<CorpusCase> CASES = CorpusCase.all();

    @Test
    void corpusIsThere() {
        assertTrue(CASES.size() >= 450, "only " + CASES.size());
        assertTrue(CASES.stream().filter(CorpusCase::isRefused).count() >= 90);
    }

    @TestFactory
    Stream<DynamicTest> filesMeanWhatTheCorpusSays() {
        return CASES.stream()
                .map(it -> dynamicTest(it.name(), () -> {
                    Reading reading = read(it, it.entry(), it.content());
                    if (it.isRefused()) {
                        assertEquals(text(it.refusal()), text(problems(reading)), it.name());
                    } else {
                        assertMeant(it, reading, it.name());
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> otherFormatsMeanTheSame() {
        return CASES.stream().flatMap(it -> it.otherFormats().stream().map(format -> {
            String name = it.name() + " as " + format;
            return dynamicTest(name, () -> {
                String text = OtherFormats.write(format, new String(it.content(), StandardCharsets.UTF_8));
                Reading reading = read(it, "vassal." + format, text.getBytes(StandardCharsets.UTF_8));
                if (it.isRefused()) {
                    assertEquals(withoutPlaces(it.refusal()), withoutPlaces(problems(reading)), name);
                } else {
                    assertMeant(it, reading, name);
                }
            });
        }));
    }

    private static Reading read(CorpusCase asked, String file, byte[] content) {
        return Language.read(
                CaseSurroundings.VASSALS + "/" + file, content, asked.section(), new CaseSurroundings(asked));
    }

    private static void assertMeant(CorpusCase asked, Reading reading, String name) {
        assertEquals("", text(problems(reading)), name);
        assertEquals(text(asked.expected()), text(settings(reading)), name);
        assertEquals(
                text(asked.printed()),
                text(reading.messages().stream().map(Reading.Message::text).toList()),
                name);
    }

    private static List<String> settings(Reading reading) {
        return reading.settings().stream()
                .map(setting -> CorpusCase.line(setting.key(), setting.value()))
                .toList();
    }

    private static List<String> problems(Reading reading) {
        return reading.problems().stream()
                .map(problem -> problem.toString().replace(CaseSurroundings.VASSALS + "/", ""))
                .toList();
    }

    private static String withoutPlaces(List<String> problems) {
        return text(problems).replaceAll("(?m)^[^:\n]+(:\\d+){0,2}: ", "");
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines);
    }
}
