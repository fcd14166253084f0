package org.emperor.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.emperor.migration.Migration.VassalText;
import org.emperor.spec.VassalSpec;
import org.junit.jupiter.api.Test;

/** Words and variables arrive in the program as the other supervisor would have given them. */
class QuotingTest {

    @Test
    void supervisordSplitsCommandsAsPythonDoes() {
        assertEquals(List.of("/a", "b c", "d'e", "f\\$g", "h\"i", "$(x)", "@(y)", "50%"), argv(Converted.program("""
                command=/a 'b c' "d'e" "f\\$g" h\\"i $(x) @(y) 50%%
                """)));
    }

    @Test
    void supervisordListsOfVariablesKeepTheirOddities() {
        Map<String, String> variables = environment(Converted.program("""
                command=/a
                environment=A="1,2",B='it"s',C=/p/a:b,D="100%%",E="$(x)"
                """));
        assertEquals(Map.of("A", "1,2", "B", "it\"s", "C", "/p/a:b", "D", "100%", "E", "$(x)"), variables);
    }

    @Test
    void systemdSplitsCommandsByItsOwnRules() {
        assertEquals(
                List.of("/a", "b c", "--x=d e", "tab\tq", "'", "\\q", "$HOME$", "5%", "A"),
                argv(Converted.service("""
                ExecStart=/a "b c" --x="d e" 'tab\\tq' "'" \\q $$HOME$$ 5%% \\x41
                """)));
    }

    @Test
    void systemdVariablesAreLeftToAShell() {
        assertEquals(
                List.of("/bin/sh", "-fc", "exec /a $OPTS 'x '\"${B}\" '$C;' 'b$D'"),
                argv(Converted.service("ExecStart=/a $OPTS \"x ${B}\" $$C; b$D\n")));
    }

    @Test
    void systemdVariablesAreWords() {
        Map<String, String> variables = environment(Converted.service("""
                ExecStart=/a
                Environment="A=one two" B=%p 'C=it\\'s' D=$x
                Environment=A=last
                """));
        assertEquals(Map.of("A", "last", "B", "x", "C", "it's", "D", "$x"), variables);
    }

    @Property(tries = 500)
    void everyWordWithoutLineBreakArrives(@ForAll @Size(min = 1, max = 4) List<String> words) {
        List<String> argv = words.stream()
                .map(word -> word.replace("\n", "").replace("\0", ""))
                .map(word -> new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .map(word -> "x" + word)
                .toList();
        String text = "[vassal]\nexec = " + Text.escaped(Text.words(argv)) + "\n";
        assertEquals(argv, Converted.spec(new VassalText("x", text)).program().argv());
    }

    @Property(tries = 1000)
    void whateverAProgramSaysIsAcceptedOrTold(@ForAll("pieces") List<String> pieces) {
        String text = String.join("", pieces);
        Migration supervisord = Converted.program("command=/a " + text + "\nenvironment=" + text + "\n");
        Migration systemd = Converted.service("ExecStart=/a " + text + "\nEnvironment=" + text + "\nNice=3\n");
        for (Migration migration : List.of(supervisord, systemd)) {
            migration.vassals().forEach(Converted::spec);
            assertEquals(migration.vassals().isEmpty(), !migration.problems().isEmpty(), migration.toString());
        }
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.of(
                        "A=",
                        "b",
                        "\"",
                        "'",
                        "\\",
                        " ",
                        ",",
                        "%",
                        "%%",
                        "%(here)s",
                        "%i",
                        "$(",
                        "@(",
                        "$X",
                        "${X}",
                        "$$",
                        ";",
                        "#",
                        "\\n",
                        "\\x41",
                        "\n ",
                        "=",
                        "é",
                        ")")
                .list()
                .ofMaxSize(10);
    }

    private static List<String> argv(Migration migration) {
        return Converted.spec(migration).program().argv();
    }

    private static Map<String, String> environment(Migration migration) {
        VassalSpec spec = Converted.spec(migration);
        return spec.program().environment();
    }
}
