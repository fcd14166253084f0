package org.emperor.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emperor.spec.Identity;
import org.emperor.spec.VassalName;

/** The vassals of a daemon with what it takes to find their processes. */
record Standing(long emperor, List<Vassal> vassals) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    Standing {
        vassals = List.copyOf(vassals);
    }

    /**
     * One vassal.
     *
     * @param pid of its main program, 0 if there is none
     * @param identity with the ids inside its jail; home and shell are not known
     */
    record Vassal(VassalName name, String state, String reason, long incarnation, int pid, Identity identity) {}

    /** @throws CommandFailure if no daemon answers */
    static Standing of(Path stateDirectory) {
        ControlSocket.Answer answer =
                new ControlSocket(stateDirectory.toAbsolutePath().resolve("emperor.sock")).get("/api/v1/vassals");
        if (answer.status() != 200) {
            throw new CommandFailure(ExitCode.NO_DAEMON, "the emperor answers " + answer.status());
        }
        return parse(answer.body());
    }

    static Standing parse(String json) {
        try {
            JsonNode document = MAPPER.readTree(json);
            List<Vassal> vassals = new ArrayList<>();
            document.path("vassals").forEach(vassal -> vassals.add(vassal(vassal)));
            return new Standing(document.path("emperor").path("pid").asLong(), vassals);
        } catch (JsonProcessingException | IllegalArgumentException broken) {
            throw new CommandFailure(ExitCode.NO_DAEMON, "the emperor's answer makes no sense", broken);
        }
    }

    private static Vassal vassal(JsonNode vassal) {
        List<Integer> groups = new ArrayList<>();
        vassal.path("groups").forEach(group -> groups.add(group.asInt()));
        int uid = vassal.path("uid").asInt();
        int gid = vassal.path("gid").asInt();
        return new Vassal(
                new VassalName(vassal.path("name").asText()),
                vassal.path("state").asText(),
                vassal.path("reason").asText(),
                vassal.path("incarnation").asLong(),
                vassal.path("pid").asInt(),
                new Identity(vassal.path("user").asText(), uid, gid, groups, "/", "/bin/sh"));
    }

    /** @throws CommandFailure if there is none of that name */
    Vassal named(String name) {
        return vassals.stream()
                .filter(vassal -> vassal.name().text().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new CommandFailure(ExitCode.UNKNOWN_VASSAL, "no vassal \"" + Printable.of(name) + "\""));
    }
}
