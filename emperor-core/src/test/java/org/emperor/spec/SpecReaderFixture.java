package org.emperor.spec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;

/** A reader with a table of every form, and what it makes of a text. */
final class SpecReaderFixture {
    static final OptionTable TABLE = new OptionTable(
            Options.portable(),
            List.of(
                    Option.once("clone", Form.TEXT, "", "Namespaces."),
                    Option.once("pivot-root", Form.WORDS, "", "The new root and where the old one goes."),
                    Option.list("hook-post-jail", Form.TEXT, "Actions."),
                    Option.once("namespace-net", Form.FLAG, "", "A flag."),
                    Option.list("sysctl", Form.ASSIGNMENT, "A kernel variable."),
                    Option.once("settle", Form.DURATION, "", "A duration."),
                    Option.once("lanes", Form.COUNT, "", "A count."),
                    Option.once("knock", Form.SIGNAL, "", "A signal."),
                    Option.list("group", Form.ACCOUNT, "A group.")),
            Map.of("jail-ip4", "FreeBSD"));

    private SpecReaderFixture() {}

    /** The only files there are besides the vassal file. */
    private static byte[] file(String path) throws IOException {
        String text =
                switch (path) {
                    case "/etc/web.env" -> """
                            # of the web
                            A=from file
                            B=blank
                            C="quoted \\"x\\" = y"

                            ; another comment
                            LANG=''
                            """;
                    case "/etc/good.env" -> "A=1\r\nB=it's # literal\nC='single'\nA=2\n";
                    case "/etc/secret.env" -> "TOKEN=\"hunter2\nexport X=hunter2\nY='a' b\n";
                    default -> throw new NoSuchFileException(path);
                };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static SpecResult read(String content, Setting... defaults) {
        return read(content.getBytes(StandardCharsets.UTF_8), defaults);
    }

    static SpecResult read(byte[] content, Setting... defaults) {
        return new SpecReader(TABLE, new FewAccounts(), SpecReaderFixture::file, List.of(defaults))
                .read(new VassalName("web"), "web.ini", content);
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
