package org.emperor.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.emperor.lang.Question.Kind;
import org.junit.jupiter.api.Test;

/** What a file asks about paths, and where the answer may become another. */
class QuestionTest {
    private final FakeSurroundings host = new FakeSurroundings()
            .file("/srv/a/x.conf", "")
            .file("/srv/b/y.conf", "")
            .file("/srv/z", "");

    private static Question glob(String pattern) {
        return new Question(Kind.GLOB, pattern);
    }

    private static List<String> places(Question question) {
        return question.places().stream().map(Question::path).toList();
    }

    @Test
    void answerIsThePathsThatAreSo() {
        assertEquals(List.of("/srv/z"), new Question(Kind.FILE, "/srv/z").answer(host));
        assertEquals(List.of(), new Question(Kind.FILE, "/srv/a").answer(host));
        assertEquals(List.of("/srv/a"), new Question(Kind.DIRECTORY, "/srv/a").answer(host));
        assertEquals(List.of("/srv/a"), new Question(Kind.READABLE, "/srv/a").answer(host));
        assertEquals(List.of(), new Question(Kind.READABLE, "/srv/c").answer(host));
        assertEquals(List.of("/srv/a/", "/srv/b/", "/srv/z"), glob("/srv/*").answer(host));
    }

    @Test
    void patternIsLookedForInTheDirectoriesBelowItsPlainBeginning() {
        assertEquals("/srv", glob("/srv/*/*.conf").plain());
        assertEquals(List.of("/srv", "/srv/*"), places(glob("/srv/*/*.conf")));
        assertEquals(List.of("/srv", "/srv/[ab]"), places(glob("/srv/[ab]/x.conf")));
        assertEquals("/", glob("/?/x").plain());
        assertEquals(List.of("/", "/?"), places(glob("/?/x")));
        assertEquals(List.of("/", "/*", "/*/*", "/*/*/*"), places(glob("/*/*/*/*/*/*")), "the outermost");
    }

    @Test
    void whatIsNoPatternIsOnePlace() {
        assertEquals("/srv/x", glob("/srv/x").plain());
        assertEquals(List.of(), places(glob("/srv/x")));
        assertEquals("/srv/*", new Question(Kind.FILE, "/srv/*").plain(), "a test takes it as it is");
        assertEquals(List.of(), places(new Question(Kind.FILE, "/srv/*")));
    }

    @Test
    void readingTellsWhatItAskedWithTheAnswers() {
        Map<Question, List<String>> answers = read("""
                if-exists = /srv/no
                if-file = /srv/never-asked
                endif =
                else =
                if-dir = a
                for-glob = */*.conf
                env = X=%(_)
                endfor =
                endif =
                endif =
                """).answers();
        assertEquals(
                List.of(
                        Map.entry(new Question(Kind.READABLE, "/srv/no"), List.of()),
                        Map.entry(new Question(Kind.DIRECTORY, "/srv/a"), List.of("/srv/a")),
                        Map.entry(glob("/srv/*/*.conf"), List.of("/srv/a/x.conf", "/srv/b/y.conf"))),
                List.copyOf(answers.entrySet()));
        assertEquals(Map.of(), read("exec = /bin/true\nif-env = X\nendif =\n").answers());
    }

    @Test
    void noMoreIsKeptThanAFileMayBeLong() {
        Map<Question, List<String>> answers = read("""
                for-times = 10000
                if-exists = /srv/%(_)
                endif =
                if-file = /srv/%(_)
                endif =
                if-dir = /srv/%(_)
                endif =
                endfor =
                """).answers();
        assertEquals(20_000, answers.size());
    }

    private Reading read(String lines) {
        byte[] content = ("[vassal]\n" + lines).getBytes(StandardCharsets.UTF_8);
        return Language.read("/srv/web.ini", content, "vassal", host);
    }
}
