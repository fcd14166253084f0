package org.emperor.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.emperor.spec.VassalName;

/** What the daemon of a state directory says of its vassals, as JSON. */
record VassalDocument(Path stateDir) {
    private static final String ALL = "/api/v1/vassals";

    /** @throws CommandFailure if no daemon answers */
    String ofAll() {
        return get(ALL, "");
    }

    /** @throws CommandFailure if no daemon answers, or it has no such vassal */
    String of(String name) {
        if (VassalName.parse(name).isEmpty()) {
            throw unknown(name);
        }
        return get(ALL + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8), name);
    }

    private String get(String target, String name) {
        ControlSocket.Answer answer =
                new ControlSocket(stateDir.toAbsolutePath().resolve("emperor.sock")).get(target);
        return switch (answer.status()) {
            case 200 -> answer.body();
            case 404 -> throw unknown(name);
            default ->
                throw new CommandFailure(
                        ExitCode.NO_DAEMON,
                        "the emperor answers " + answer.status() + ": "
                                + answer.body().strip());
        };
    }

    private static CommandFailure unknown(String name) {
        return new CommandFailure(ExitCode.UNKNOWN_VASSAL, "no vassal \"" + Printable.of(name) + "\"");
    }
}
