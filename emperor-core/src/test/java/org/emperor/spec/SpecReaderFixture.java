package org.emperor.spec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.emperor.lang.FakeSurroundings;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;

/** A reader with a table of every form, and what it makes of a text. */
final class SpecReaderFixture {
    static final OptionTable TABLE = new OptionTable(
            Options.portable(),
            List.of(
                    Option.once("clone", Form.TEXT, "", "Namespaces."),
                    Option.once("pivot-root", Form.WORDS, "", "The new root and where the old one goes."),
                    Option.list("hook-post-jail", Form.TEXT, "Actions.").in(Group.HOOKS),
                    Option.once("namespace-net", Form.FLAG, "", "A flag."),
                    Option.list("sysctl", Form.ASSIGNMENT, "A kernel variable."),
                    Option.once("settle", Form.DURATION, "", "A duration."),
                    Option.once("lanes", Form.COUNT, "", "A count."),
                    Option.once("knock", Form.SIGNAL, "", "A signal."),
                    Option.list("group", Form.ACCOUNT, "A group."),
                    Option.once("someday", Form.PATH, "", "Not yet.").later()),
            Map.of("jail-ip4", "FreeBSD"));

    private SpecReaderFixture() {}

    /** The only files there are besides the vassal file. */
    private static FakeSurroundings files() {
        return new FakeSurroundings()
                .file("/etc/web.env", """
                        # of the web
                        A=from file
                        B=blank
                        C="quoted \\"x\\" = y"

                        ; another comment
                        LANG=''
                        """)
                .file("/etc/web.d/A", "of a file \t\n\n")
                .file("/etc/nul.d/TWO", "one\0two\n")
                .file("/etc/blank.d/B", " \t\r\n".repeat(250_000) + "x")
                .file("/etc/web.d/LANG", "")
                .file("/etc/web.d/B", "\n")
                .file("/etc/web.d/.hidden", "no")
                .file("/etc/web.d/sub/C", "no")
                .file("/etc/bad.d/A-B", "hunter2")
                .file("/etc/web@.ini", "[vassal]\nexec = /bin/web %(vassal) %(instance)\n")
                .file("/etc/good.env", "A=1\r\nB=it's # literal\nC='single'\nA=2\n")
                .file("/etc/secret.env", "TOKEN=\"hunter2\nexport X=hunter2\nY='a' b\n");
    }

    static SpecResult read(String content, Setting... defaults) {
        return read(content.getBytes(StandardCharsets.UTF_8), defaults);
    }

    static SpecResult read(byte[] content, Setting... defaults) {
        return reader(defaults).read(new VassalName("web"), "web.ini", content);
    }

    static SpecReader reader(Setting... defaults) {
        return new SpecReader(TABLE, new FewAccounts(), List.of(defaults), files());
    }

    /** @throws AssertionError with the problems if the file is refused */
    static VassalSpec accepted(String content, Setting... defaults) {
        SpecResult result = read(content, defaults);
        if (result instanceof SpecResult.Accepted accepted) {
            return accepted.spec();
        }
        throw new AssertionError("refused: " + problems(result));
    }

    /** The problems, one a line; empty if the file was accepted. */
    static String problems(SpecResult result) {
        return result instanceof SpecResult.Refused refused
                ? refused.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"))
                : "";
    }
}
