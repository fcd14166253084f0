package org.emperor.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The formats beside INI: positions, bounds, and that nobody loads them without need. */
class FormatsTest {
    private static final Duration QUICK = Duration.ofSeconds(20);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "YAML | 'é😀: {x: 1}\\nvassal:\\n  é: \"😀%(b)\"'                | 3:8",
                "YAML | 'vassal:\\n  é: 😀 %(b)'                         | 2:8",
                "JSON | '{\"vassal\": {\\n\"é\": \"😀%(b)\"}}'              | 2:8",
                "XML  | '<vassal>\\n<é>\\n 😀%(b) </é></vassal>'          | 3:3",
                "TOML | '[vassal]\\na = [\"1\",\\n \"😀%(b)\"]'             | 3:4",
                "TOML | '[vassal]\\na = \"\"\"\\n😀%(b)\"\"\"'               | 3:2",
            })
    void positionsInsideOfValuesCountCharacters(Format format, String content, String position) {
        String problems = text(read(format, content.replace("\\n", "\n")));
        assertTrue(problems.startsWith("/f." + format + ":" + position + ": "), problems);
        assertTrue(problems.contains("%(b) is not defined"), problems);
    }

    @ParameterizedTest
    @CsvSource({"YAML, '{a: '", "JSON, '{\"a\": '", "XML, <a>", "TOML, 'a = ['"})
    void depthCostsNothing(Format format, String opener) {
        for (String start : List.of("", start(format))) {
            Reading reading = assertTimeoutPreemptively(QUICK, () -> read(format, start + opener.repeat(100_000)));
            assertFalse(reading.problems().isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"YAML", "JSON"})
    void whatIsWellFormedButTooDeepIsToldSo(Format format) {
        String content = "{\"vassal\": {\"a\": " + "[".repeat(20) + "]".repeat(20) + "}}";
        String problems = text(read(format, content));
        assertTrue(problems.contains("/f." + format + ":1:32: nested deeper than 16; write texts and lists"), problems);
        assertFalse(problems.contains("not " + format), problems);
    }

    private static String start(Format format) {
        return switch (format) {
            case YAML -> "vassal: ";
            case JSON -> "{\"vassal\": ";
            case XML -> "<vassal>";
            default -> "[vassal]\n";
        };
    }

    @Test
    void aliasesAndEntitiesThatMultiplyAreRefused() {
        StringBuilder yaml = new StringBuilder("vassal:\n  a0: &a0 [lol]\n");
        StringBuilder xml = new StringBuilder("<!DOCTYPE vassal [<!ENTITY a0 \"lol\">");
        for (int i = 1; i < 30; i++) {
            String last = i - 1 + "";
            yaml.append("  a" + i + ": &a" + i + " [*a" + last + ", *a" + last + "]\n");
            xml.append("<!ENTITY a" + i + " \"&a" + last + ";&a" + last + ";\">");
        }
        assertTrue(text(read(Format.YAML, yaml.toString())).contains("an alias"));
        assertTrue(
                text(read(Format.XML, xml + "]><vassal><x>&a29;</x></vassal>")).contains("a document type"));
        assertTrue(text(read(Format.XML, "<!DOCTYPE vassal SYSTEM \"file:///etc/passwd\"><vassal/>"))
                .contains("a document type"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "YAML | 'vassal: {a: !!python/object:os.system x}'    | 'f:1:13: a: a tag; write the text alone'",
                "YAML | 'vassal: {a: 1}\\n---\\nvassal: {a: 2}'         | 'f:3:1: a second document; write one file for each'",
                "YAML | '- vassal'                                    | 'f:1:1: no sections; begin with the section vassal'",
                "JSON | '{\"vassal\": {\"a\": 1}} {}'                     | 'f:1:22: a second document; write one file for each'",
                "JSON | '{\"vassal\": {\"a\": [[1]]}}'                    | 'f:1:19: a: a list in a list; write texts in the list'",
                "JSON | '{\"vassal\": {\"a\": \"\\u0000\"}}'                | 'f:1:19: a: a NUL character; remove it'",
                "JSON | '{\"vassal\": {\"a\": \"b\\ud800\"}}'               | 'f:1:19: a: half of a surrogate pair; write both or none'",
                "JSON | '{\"vassal\": {\"\\udc00\": \"b\"}}'               | 'f:1:24: half of a surrogate pair; write both or none'",
                "JSON | '{\"vassal\": {\"\": \"1\"}}'                      | 'f:1:18: a value without a key; write a key'",
                "XML  | '<vassal>text</vassal>'                       | 'f:1:9: a text beside elements; write it into an element'",
                "XML  | '<vassal><a b=\"1\">x</a></vassal>'             | 'f:1:9: an attribute other than id; write an element'",
                "TOML | 'a = 1\\n[vassal]'                              | 'f:1:1: a key before any section; put a header such as [vassal] above it'",
                "TOML | '[vassal]\\na = x'                              | 'f:2:5: a: not a value; put a text in quotes'",
                "TOML | '[vassal]\\na.b = 1'                            | 'f:2:1: a key with dots; put it in quotes'",
                "TOML | '[vassal]\\na = [1, [2]]'                       | 'f:2:9: a: a list in a list; write texts in the list'",
                "TOML | '[vassal]\\n\"\u001bk\" x'                        | 'f:2:6: ?k: not TOML; write = here'",
                "TOML | '[[vassal]]'                                  | 'f:1:1: a list of tables; write each table once, as [name]'",
                "TOML | '[vassal]\\na = \"x'                             | 'f:2:5: a: a text that is not closed; end it with \"'",
                "TOML | '[vassal]\\na = \"\\q\"'                          | 'f:2:6: a: not an escape; write \\\\ for a backslash, or single quotes'",
            })
    void whatSettingsCannotBeIsRefusedWhereItStands(Format format, String content, String problem) {
        String text = content.replace("\\n", "\n");
        assertEquals(problem, text(read(format, text)).replace("/f." + format, "f"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"YAML", "JSON", "XML"})
    void whatIsNotOfItsFormatIsRefusedAndNeverQuoted(Format format) {
        String problems = text(read(format, "{\"vassal\": {\"a\": hunter2 <hunter2: } & ] hunter2"));
        assertTrue(problems.contains("not " + format), problems);
        assertFalse(problems.contains("hunter2"), problems);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void sizeEncodingAndNulAreTheSameForAll(Format format) {
        assertTrue(text(read(format, " ".repeat(IniReader.LARGEST + 1))).contains("larger than 1 MiB"));
        assertTrue(text(read(format, "\0")).contains("a NUL byte"));
        Reading reading = Language.read("/f." + format, new byte[] {(byte) 0xff}, "vassal", new FakeSurroundings());
        assertTrue(text(reading).contains("not UTF-8"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "YAML | 'vassal:' | '\n  a: 1'   | ''",
                "JSON | '{\"vassal\": {\"x\": [0' | ',1' | ']}}'",
                "XML  | '<vassal>' | '<a>1</a>' | '</vassal>'",
                "TOML | '[vassal]\na = [0' | ',1' | ']'",
            })
    void readingStopsAfterTenThousandEntries(Format format, String start, String entry, String end) {
        Reading reading = read(format, start + entry.repeat(20_000) + end);
        assertTrue(text(reading).contains("more than 10000 keys and sections"), text(reading));
        assertTrue(reading.settings().size() <= 10_001);
    }

    @Test
    void noParserOfAnotherFormatIsLoadedForIni(@TempDir Path directory) throws IOException, InterruptedException {
        assertEquals(List.of(), parsersLoadedFor(Files.writeString(directory.resolve("a.ini"), "[vassal]\na = %n")));
        assertFalse(parsersLoadedFor(Files.writeString(directory.resolve("a.yml"), "vassal: {a: b}"))
                .isEmpty());
    }

    /** Reads the file of its argument; run in a process of its own. */
    static final class ReadOne {
        private ReadOne() {}

        public static void main(String[] arguments) throws IOException {
            Path file = Path.of(arguments[0]);
            HostSurroundings host = new HostSurroundings(() -> {
                throw new IllegalStateException("nobody asks for facts");
            });
            Reading reading = Language.read(file.toString(), Files.readAllBytes(file), "vassal", host);
            System.exit(reading.settings().size() == 1 ? 0 : 1);
        }
    }

    private static List<String> parsersLoadedFor(Path file) throws IOException, InterruptedException {
        Path log = file.resolveSibling("classes.log");
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + log,
                        "-Xshare:off",
                        "-cp",
                        System.getProperty("java.class.path").replace(File.pathSeparator + File.pathSeparator, ":"),
                        ReadOne.class.getName(),
                        file.toString())
                .inheritIO()
                .start();
        assertEquals(0, java.waitFor());
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains("com.fasterxml")
                        || line.contains("snakeyaml")
                        || line.contains("javax.xml")
                        || line.contains("lang.formats"))
                .collect(Collectors.toList());
    }

    private static Reading read(Format format, String content) {
        return Language.read(
                "/f." + format, content.getBytes(StandardCharsets.UTF_8), "vassal", new FakeSurroundings());
    }

    private static String text(Reading reading) {
        return reading.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }
}
