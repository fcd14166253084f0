package org.emperor.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.emperor.lang.FakeSurroundings;
import org.emperor.lang.Position;
import org.emperor.lang.Question;
import org.emperor.lang.Setting;
import org.junit.jupiter.api.Test;

/** A spec that is made of several files, and what is told of them. */
class OtherFilesTest {
    private static final String WEB = "/v/web.ini";

    private final FakeSurroundings files = new FakeSurroundings();

    @Test
    void problemsAreToldFileByFileTheVassalFileFirstAndThenInTheOrderOfReading() {
        files.file("/v/z.ini", "[vassal]\n\n\nnice = high\numask = 9\n")
                .file("/v/a.ini", "[vassal]\ninti = none\n")
                .file("/v/b.env", "1=x\n");
        SpecResult result = read("[vassal]\nexec = /bin/true\ninclude = z.ini\ninclude = a.ini\n"
                + "env-file = /v/b.env\nstop-grace = soon\n");
        List<String> places = ((SpecResult.Refused) result)
                .problems().stream()
                        .map(problem -> problem.position().toString())
                        .toList();
        assertEquals(List.of(WEB + ":6:14", "/v/z.ini:4:8", "/v/z.ini:5:9", "/v/a.ini:2", "/v/b.env:1"), places);
    }

    @Test
    void keyGivenTwiceNamesTheOtherFileOfItsFirst() {
        files.file("/v/base.ini", "[vassal]\n\nchdir = /a\n");
        assertEquals(
                WEB + ":4: chdir: given twice; first at /v/base.ini:3",
                SpecReaderFixture.problems(read("[vassal]\nexec = /bin/true\ninclude = base.ini\nchdir = /b\n")));
        assertEquals(
                "/v/base.ini:3: chdir: given twice; first at " + WEB + ":2",
                SpecReaderFixture.problems(read("[vassal]\nchdir = /b\nexec = /bin/true\ninclude = base.ini\n")));
    }

    @Test
    void everyFileThatWasReadOrShouldHaveBeenIsNamedWhetherTheVassalFileIsAcceptedOrNot() {
        files.file("/v/base.ini", "[vassal]\nenv = T=@(token)\n")
                .file("/v/token", "x")
                .file("/v/b.env", "A=1\n");
        String good = "[vassal]\nexec = /bin/true\ninclude = base.ini\nenv-file = /v/b.env\n";
        assertEquals(List.of("/v/base.ini", "/v/token", "/v/b.env"), read(good).files());
        assertEquals(List.of(), read("[vassal]\nexec = /bin/true\n").files());
        assertEquals(
                List.of("/v/base.ini", "/v/no.ini", "/v/token", "/v/b.env", "/v/no.env"),
                read(good + "include = no.ini\nenv-file = /v/no.env\n").files());
        assertEquals(
                List.of("/v/no.ini"),
                read("include = x\n[vassal]\ninclude = no.ini\n").files());
    }

    @Test
    void whatWasAskedAboutPathsIsKnownWhetherTheVassalFileIsAcceptedOrNot() {
        files.file("/v/flag", "");
        String good = "[vassal]\nexec = /bin/true\nif-exists = flag\nendif =\nif-dir = %(vassal)\nendif =\n";
        Map<Question, List<String>> answers = Map.of(
                new Question(Question.Kind.READABLE, "/v/flag"),
                List.of("/v/flag"),
                new Question(Question.Kind.DIRECTORY, "/v/web"),
                List.of());
        assertEquals(answers, read(good).answers());
        assertEquals(answers, read(good + "exce = x\n").answers());
        assertEquals(
                Set.of("/v/flag", "/v/web", "/v/web@1", "/v/web@2"),
                read(good + "instances = 2\n").answers().keySet().stream()
                        .map(Question::path)
                        .collect(Collectors.toSet()));
    }

    @Test
    void fileThatIncludesTheVassalFileAgainIsNamedSoThatCorrectingItHeals() {
        String web = "[vassal]\nexec = /bin/true\ninclude = a.ini\n";
        files.file("/v/a.ini", "[vassal]\ninclude = web.ini\n");
        assertEquals(
                "/v/a.ini:2:11: include: web.ini is being read already; remove one of the two",
                SpecReaderFixture.problems(read(web)));
        assertEquals(List.of("/v/a.ini"), read(web).files());
        files.file("/v/a.ini", "[vassal]\nnice = 5\n");
        assertEquals("", SpecReaderFixture.problems(read(web)));
    }

    @Test
    void settingsThatCountNameWhereTheyStandAndWhatIsUsualComesLast() {
        files.file("/v/base.ini", "[vassal]\nprio = 5\nenv = A=1\n");
        String text = "[vassal]\nplace = /srv\nexec = /bin/true\nenv = B=2\nchdir = %(place)\ninclude = base.ini\n";
        List<Setting> settings = reader(new Setting("knock", "TERM", Position.of("command line")))
                .settings(new VassalName("web"), WEB, text.getBytes(StandardCharsets.UTF_8));
        List<String> told = settings.stream()
                .map(it -> it.position() + " " + it.key() + "=" + it.value() + " " + it.through())
                .toList();
        assertEquals(
                List.of(
                        "command line knock=TERM []",
                        WEB + ":3:8 exec=/bin/true []",
                        WEB + ":4:7 env=B=2 []",
                        "/v/base.ini:3:7 env=A=1 [" + WEB + ":6]",
                        WEB + ":5:9 chdir=/srv []",
                        "/v/base.ini:2:8 nice=5 [" + WEB + ":6]",
                        "default umask=022 []"),
                told.subList(0, 7));
    }

    @Test
    void whatAStopSequenceSaysInsteadIsNoUsualSetting() {
        String text = "[vassal]\nexec = /bin/true\n";
        assertEquals(2, stopping(text));
        assertEquals(0, stopping(text + "stop-sequence = INT 5s\n"));
    }

    private long stopping(String text) {
        return reader().settings(new VassalName("web"), WEB, text.getBytes(StandardCharsets.UTF_8)).stream()
                .filter(setting -> Options.STOPPING.contains(setting.key()))
                .count();
    }

    private SpecResult read(String content) {
        return reader().read(new VassalName("web"), WEB, content.getBytes(StandardCharsets.UTF_8));
    }

    private SpecReader reader(Setting... defaults) {
        return new SpecReader(SpecReaderFixture.TABLE, new FewAccounts(), List.of(defaults), files);
    }
}
