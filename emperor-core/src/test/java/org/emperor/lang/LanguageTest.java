package org.emperor.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the corpus cannot show: positions, what a reading tells beside its settings, and bounds. */
class LanguageTest {
    private static final Duration QUICK = Duration.ofSeconds(20); // seconds where it should be milliseconds

    private final FakeSurroundings world = new FakeSurroundings();

    @ParameterizedTest
    @CsvSource({"%%(x), %(x)", "%$(date), $(date)", "%@(x), @(x)", "%%%%, %%", "$HOME @x, $HOME @x"})
    void escapedReferencesAreText(String written, String value) {
        assertEquals(List.of("a = " + value), settings("a = " + written));
    }

    @Test
    void settingKnowsWhereItWasWrittenAndWhatLedThere() {
        world.file("/etc/a.ini", "[vassal]\ninclude = sub/b.ini").file("/etc/sub/b.ini", "[vassal]\n\n x = 1");
        Setting setting = read("y = 2\ninclude = /etc/a.ini").settings().get(1);
        assertEquals(new Position("/etc/sub/b.ini", 3, 6), setting.position());
        assertEquals(List.of(new Position("/etc/a.ini", 2, 0), new Position("/srv/web.ini", 3, 0)), setting.through());
    }

    @Test
    void onlyWhatStandsThereLetterByLetterHasPositionsInside() {
        List<Setting> settings = read("a = xyz\nb = x%%yz\nset = c = xyz").settings();
        assertEquals(new Position("/srv/web.ini", 2, 7), settings.get(0).positionAt(2));
        assertEquals(new Position("/srv/web.ini", 3, 5), settings.get(1).positionAt(2));
        assertEquals(new Position("/srv/web.ini", 4, 13), settings.get(2).positionAt(2));
    }

    @Test
    void readingNamesEveryFileItDependsOnMissingOnesToo() {
        world.file("/srv/b.ini", "[vassal]\nx = @(c.txt)").file("/srv/c.txt", "z");
        Reading reading = read("include = b.ini\ny = @(c.txt)@(gone)\nfor-readline = c.txt\nend=");
        assertEquals(List.of("/srv/b.ini", "/srv/c.txt", "/srv/gone"), reading.files());
        assertEquals(1, world.asked().stream().filter("/srv/c.txt"::equals).count(), "all uses see the same content");
    }

    @Test
    void keysThatValuesUseOrSetMakesArePlaceholdersOthersAreNot() {
        Reading reading = read("host_name = a\nport = 1\nexec = x %(host_name) %(port + 1)\nset = k=1\nset-ph = p=1");
        assertTrue(reading.isPlaceholder("host-name"));
        assertTrue(reading.isPlaceholder("port"));
        assertTrue(reading.isPlaceholder("k"));
        assertTrue(reading.isPlaceholder("p"));
        assertFalse(reading.isPlaceholder("exec"));
        assertEquals(Set.of("p"), reading.declared());
    }

    @Test
    void keysOfRefusedValuesAreKnownAllTheSame() {
        Reading reading = read("exec = %(nope)");
        assertEquals(List.of(), reading.settings());
        assertTrue(reading.keys().contains("exec"));
    }

    @Test
    void headersAreThoseOfTheFileItself() {
        world.file("/srv/b.ini", "[other]\n[vassal]");
        Reading reading = Language.read(
                "/srv/web.ini", bytes("[uwsgi]\n[%n]\n[vassal]\ninclude=b.ini\n[uwsgi]"), "vassal", world);
        assertEquals(Set.of("uwsgi", "web", "vassal"), reading.headers().keySet());
        assertEquals(3, reading.headers().get("vassal").line());
    }

    @Test
    void messagesNeverQuoteTextBesideTheName() {
        Reading reading =
                read("a = hunter2%(nope)hunter2\nb = hunter2$(X)\nc = hunter2%q\nd = hunter2@(x)\ne=hunter2$(");
        assertEquals(5, reading.problems().size());
        assertFalse(text(reading).contains("hunter2"), text(reading));
    }

    @Test
    void namesInMessagesAreShortAndPlain() {
        String problems = text(read("a = %(" + "x\u001b\u202e".repeat(500) + ")"));
        assertTrue(problems.length() < 300, problems);
        assertTrue(problems.codePoints().noneMatch(Character::isISOControl), problems);
    }

    @Test
    void keyOfWhichNothingIsLeftIsRefused() {
        assertRefused("%9 = 1", "web.ini:2: a key of which nothing is left; write a key");
    }

    @Test
    void namesThatCouldSteerATerminalAreRefused() {
        assertRefused("set = a\u001bb=1", "a control character in a key");
        assertRefused("declare-option = m=a$1=x\nm = \u001b", "a control character in a key");
        assertRefused("a%[ = 1", "a control character in a key");
        assertRefused("include = \u001b.ini", "a control character in a path");
    }

    @Test
    void relativePathsBeginAtTheFileThatSaysThem() {
        world.file("/etc/x/b.ini", "[vassal]\ninclude = c.ini\nf = @(f.txt)\nif-file = f.txt\ng = yes\nend=")
                .file("/etc/x/c.ini", "[vassal]\nc = 1")
                .file("/etc/x/f.txt", "text\n");
        assertEquals(List.of("c = 1", "f = text", "g = yes"), settings("include = /etc/x/b.ini"));
    }

    @Test
    void valuesThatLeadToOneAnotherForEverAreRefused() {
        assertRefused("a = %(b)\nb = %(c)\nc = x%(a)", "refers to itself");
        world.variable("LOOP", "x$(LOOP)");
        assertRefused("a = $(LOOP)", "references deeper than");
        world.file("/srv/f", "@(f)");
        assertRefused("a = @(f)", "references deeper than");
        world.file("/srv/w", "%(_)");
        assertRefused("for-readline = w\na = %(_)\nendfor=", "references deeper than");
    }

    @Test
    void filesThatIncludeOneAnotherForEverAreRefused() {
        world.file("/srv/b.ini", "[vassal]\nini = c.ini").file("/srv/c.ini", "[vassal]\nini = ./b.ini");
        assertRefused("ini = b.ini", "ini");
        world.file("/srv/d.ini", "[vassal]\nset = x%(n)=1\nini = d.ini:e\n[e]\nini = d.ini");
        assertRefused("n=1\ninherit = d.ini", "is being read already");
    }

    /** A few lines that ask for billions of something. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "TEXT",
                "EMPTY",
                "LOOPS",
                "EMPTYLOOPS",
                "INCLUDES",
                "NESTED",
                "BLOCKS",
                "CHAIN",
                "SETS",
                "FILES",
                "SIGNS",
                "MACROS",
                "FORMULA",
                "CLOSERS",
                "FORREAD",
                "VALUES",
                "PRINTS",
                "SETTINGS",
                "PARTS"
            })
    void whatWouldNeverEndIsRefusedQuickly(String bomb) {
        Reading reading = assertTimeoutPreemptively(QUICK, () -> read(bomb(bomb)));
        assertFalse(reading.problems().isEmpty());
        assertTrue(reading.problems().size() <= 1_000);
        assertTrue(reading.settings().size() <= Budget.MOST_SETTINGS);
    }

    private String bomb(String kind) {
        world.file("/srv/again.ini", "[vassal]\n" + "x = 1\n".repeat(9_000));
        world.file("/srv/big.txt", "y".repeat(IniReader.LARGEST));
        world.file("/srv/lines.txt", "\n".repeat(IniReader.LARGEST));
        return switch (kind) {
            case "TEXT" -> doubling("0123456789", 40);
            case "EMPTY" -> doubling("", 40);
            case "LOOPS" -> nested("for-times = 9999\n", 5, "x = %(_)\n", "end =\n");
            case "EMPTYLOOPS" -> nested("for-times = 9999\n", 5, "", "end =\n") + "for-times = 10001\nend=\n";
            case "INCLUDES" -> "for-times = 9999\ninclude = again.ini\nend =\n";
            case "NESTED" -> "x = " + "%(".repeat(100_000) + ")".repeat(100_000);
            case "BLOCKS" -> nested("if-env = X\n", 4_000, "", "end =\n");
            case "CHAIN" -> chain(5_000);
            case "SETS" -> "set = " + "set=".repeat(200_000);
            case "FILES" -> "for-times = 9999\nx = %(_)@(big.txt)%(y)\nend =\ny = @(big.txt)%(z)\nz = @(big.txt)";
            case "SIGNS" -> "x = " + "%q".repeat(400_000);
            case "MACROS" -> "declare-option = a=b=$1;b=$1\ndeclare-option = b=a=$1;a=$1\na = x";
            case "FORMULA" -> "a = 12345678\nx = %(" + "a ".repeat(300_000) + "+ 1)";
            case "CLOSERS" -> "end =\n".repeat(9_000);
            case "FORREAD" -> "for-readline = lines.txt\nfor-readline = lines.txt\nx=\nend=\nend=";
            case "VALUES" -> "for-times = 9999\nx = " + "y".repeat(900_000) + "%(_)\nend =";
            case "PRINTS" -> "for-times = 9999\niprint = " + "y".repeat(900_000) + "%(_)\nend =";
            case "SETTINGS" -> "for-times = 9999\nset = x=" + "y".repeat(900_000) + "\nend =";
            case "PARTS" -> parts(12);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static String doubling(String seed, int times) {
        StringBuilder lines = new StringBuilder("a0 = " + seed + "\n");
        for (int i = 1; i <= times; i++) {
            lines.append("a" + i + " = %(a" + (i - 1) + ")%(a" + (i - 1) + ")\n");
        }
        return lines.append("iprint = %(a" + times + ")").toString();
    }

    private static String parts(int depth) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            String part = (i == 0 ? "print" : "m" + (i - 1)) + "=$1;";
            lines.append("declare-option = m" + i + "=" + part.repeat(1_000) + "\n");
        }
        return lines + "m" + (depth - 1) + " = x";
    }

    private static String nested(String open, int depth, String inside, String close) {
        return open.repeat(depth) + inside + close.repeat(depth);
    }

    private static String chain(int length) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < length; i++) {
            lines.append("a" + i + " = %(a" + (i + 1) + ")\n");
        }
        return lines.append("a" + length + " = 1").toString();
    }

    @Test
    void regularExpressionThatTriesEverythingIsRefused() {
        assertRefused("if-hostname-match = (.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)[0-9]\nend=", "takes too long");
    }

    private void assertRefused(String content, String part) {
        String problems = text(assertTimeoutPreemptively(QUICK, () -> read(content)));
        assertTrue(problems.contains(part), problems);
    }

    private List<String> settings(String content) {
        Reading reading = read(content);
        assertEquals("", text(reading));
        return reading.settings().stream()
                .map(setting -> setting.key() + " = " + setting.value())
                .toList();
    }

    private Reading read(String content) {
        return Language.read("/srv/web.ini", bytes("[vassal]\n" + content), "vassal", world);
    }

    private static String text(Reading reading) {
        return reading.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
