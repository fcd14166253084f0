package org.emperor.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IniReaderTest {
    @Test
    void firstEqualsSignSplitsAndCommentsEndNoValue() {
        assertEquals(List.of("b -> x=y # c", "d -> e ; f"), settings("[a]\nb=x=y # c\n\t d \t=\t e ; f \t\n"));
    }

    @Test
    void linesThatBeginWithSemicolonOrHashAreComments() {
        assertEquals(List.of("b -> 1"), settings("; [x]\n# y = 1\n[a]\n  ;c = 2\n\t#d\n\nb = 1"));
    }

    @Test
    void keyWithoutEqualsSignHasTheEmptyValue() {
        assertEquals(List.of("master -> ", "b -> "), settings("[a]\nmaster\nb =   \n"));
    }

    @Test
    void underscoreInKeysIsADashAndCaseStays() {
        assertEquals(List.of("Stop-Grace -> a_b"), settings("[a]\nStop_Grace = a_b"));
    }

    @Test
    void carriageReturnsBeforeLineEndsAreDropped() {
        assertEquals(List.of("b -> 1", "c -> 2"), settings("[a]\r\nb = 1\r\nc = 2\r\r\n"));
    }

    @Test
    void byteOrderMarkIsNoPartOfTheText() {
        Document file = read("\uFEFF[a]\nb = 1");
        assertEquals(List.of("b -> 1"), shown(file.settings("a")));
        assertEquals(List.of(), file.problems());
    }

    @Test
    void repeatedSectionsAccumulateAndOthersStayApart() {
        Document file = read("[a]\nx = 1\n[b]\ny = 2\n[a]\nx = 3\n");
        assertEquals(List.of("x -> 1", "x -> 3"), shown(file.settings("a")));
        assertEquals(List.of("y -> 2"), shown(file.settings("b")));
        assertEquals(
                List.of("a", "b", "a"),
                file.sections().stream().map(Document.Section::name).toList());
        assertEquals(Optional.of(new Position("f", 3, 0)), file.header("b"));
        assertEquals(Optional.empty(), file.header("c"));
    }

    @Test
    void emptySectionIsSeen() {
        assertEquals(Optional.of(new Position("f", 2, 0)), read("\n[a]").header("a"));
    }

    @Test
    void positionsCountCharactersNotBytesFromOne() {
        List<Setting> settings = read("[a]\n\n  é😀 = ü x\nbare\n").settings("a");
        assertEquals(new Position("f", 3, 8), settings.get(0).position());
        assertEquals(new Position("f", 3, 10), settings.get(0).positionAt(2));
        assertEquals(new Position("f", 4, 0), settings.get(1).position());
        assertEquals(new Position("f", 4, 0), settings.get(1).positionAt(0));
    }

    @Test
    void unclosedHeaderIsAProblemButItsSettingsAreNotLostToAnother() {
        Document file = read("[a]\nx = 1\n[b] ; note\ny = 2\n[c\nz = 3");
        assertEquals(List.of("x -> 1"), shown(file.settings("a")));
        assertEquals(List.of("y -> 2"), shown(file.settings("b")));
        assertEquals(List.of("z -> 3"), shown(file.settings("c")));
        assertEquals(
                "f:3: a section header that is not closed; end it with ]; a comment needs its own line\n"
                        + "f:5: a section header that is not closed; end it with ]; a comment needs its own line",
                text(file.problems()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[]", "[]\n]x = 1"})
    void headersWithoutANameAreRefused(String content) {
        assertEquals(1, read(content).problems().size());
    }

    @Test
    void keysBeforeAnySectionAreOneProblemAndNeverQuoted() {
        Document file = read("root:$6$secret:19000::::::\ndaemon:*:19000::::::\n[a]\nb = 1");
        assertEquals("f:1: a key before any section; put a header such as [vassal] above it", text(file.problems()));
        assertEquals(List.of("b -> 1"), shown(file.settings("a")));
    }

    @Test
    void missingKeyAndControlCharactersInKeysAreRefused() {
        Document file = read("[a]\n = 1\nb\u001bc = 2\nd\te = 3\nf = \u001b\n");
        assertEquals(
                "f:2: a value without a key; write key = value\n"
                        + "f:3:2: a control character in a key; remove it\n"
                        + "f:4:2: a control character in a key; remove it",
                text(file.problems()));
        assertEquals(List.of("f -> \u001b"), shown(file.settings("a")));
    }

    @Test
    void invalidUtf8IsRefusedWithOffsetAndLine() {
        byte[] content = bytes("[a]\nb = é\nc = ");
        Document file = IniReader.read("f", join(content, new byte[] {(byte) 0xc3, '\n'}));
        assertEquals("f:3: not UTF-8 at byte offset 15; save the file as UTF-8", text(file.problems()));
        assertEquals(List.of(), file.sections());
    }

    @Test
    void utf8ThatEndsInTheMiddleOfACharacterIsRefused() {
        Document file = IniReader.read("f", new byte[] {'[', 'a', ']', (byte) 0xe2, (byte) 0x82});
        assertEquals("f:1: not UTF-8 at byte offset 3; save the file as UTF-8", text(file.problems()));
    }

    @Test
    void nulIsRefusedWithOffsetAndLine() {
        assertEquals(
                "f:2: a NUL byte at byte offset 6; a settings file is plain text",
                text(read("[a]\nb=\0\nc=\0").problems()));
    }

    @Test
    void fileOfOneMebibyteIsReadAndOneByteMoreIsRefused() {
        byte[] content = bytes("[a]\nb = " + "x".repeat(IniReader.LARGEST - 8));
        assertEquals(List.of(), IniReader.read("f", content).problems());
        Document larger = IniReader.read("f", join(content, new byte[] {'x'}));
        assertEquals("f: larger than 1 MiB (1048577 bytes); make the file shorter", text(larger.problems()));
        assertEquals(List.of(), larger.sections());
    }

    @Test
    void readingStopsAfterTenThousandEntries() {
        Document enough = read("[a]\n" + "b\n".repeat(IniReader.MOST_ENTRIES - 1));
        assertEquals(List.of(), enough.problems());
        Document tooMany = read("[a]\n" + "b\n".repeat(3 * IniReader.MOST_ENTRIES));
        assertEquals("f:10001: more than 10000 keys and sections; make the file shorter", text(tooMany.problems()));
        assertTrue(tooMany.settings("a").size() < IniReader.MOST_ENTRIES);
    }

    private static List<String> settings(String content) {
        Document file = read(content);
        assertEquals(List.of(), file.problems());
        return shown(file.settings("a"));
    }

    private static List<String> shown(List<Setting> settings) {
        return settings.stream()
                .map(setting -> setting.key() + " -> " + setting.value())
                .toList();
    }

    private static String text(List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }

    private static Document read(String content) {
        return IniReader.read("f", bytes(content));
    }

    private static byte[] bytes(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(first);
        joined.writeBytes(second);
        return joined.toByteArray();
    }
}
