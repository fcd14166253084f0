package org.emperor.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the daemon says of its vassals, as {@code status} shows it. */
record RealmReport(Instant time, List<String> troubles, List<Row> vassals, List<Refusal> refused) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    RealmReport {
        troubles = List.copyOf(troubles);
        vassals = List.copyOf(vassals);
        refused = List.copyOf(refused);
    }

    /** One vassal. */
    record Row(
            String name,
            String state,
            boolean loyal,
            boolean editRefused,
            String reason,
            Optional<Long> pid,
            Optional<Instant> born,
            Optional<Instant> nextAttempt,
            long launches,
            long failures,
            Optional<String> last) {
        private static final Set<String> UNWANTED = Set.of("failed", "refused");

        /** Failed, refused or backing off; what was told to be down, or has not failed yet, is as wanted. */
        boolean isAsWanted() {
            boolean backsOff = state.equals("waiting") && (failures > 0 || nextAttempt.isPresent());
            return !UNWANTED.contains(state) && !editRefused && !backsOff;
        }
    }

    /** One refused file; {@code problems} are lines. */
    record Refusal(String id, List<String> problems) {
        Refusal {
            problems = List.copyOf(problems);
        }
    }

    /** Where a vassal's file is: its name within a source of vassal files, a directory usually. */
    record Origin(String source, String id) {}

    /** An emperor in trouble cannot know what is wanted, or do it. */
    boolean isAsWanted() {
        return troubles.isEmpty() && refused.isEmpty() && vassals.stream().allMatch(Row::isAsWanted);
    }

    /** Reads the list of all vassals or the document of one. */
    static RealmReport parse(String json) {
        JsonNode document = tree(json);
        List<Row> rows = new ArrayList<>();
        document.path("vassals").forEach(vassal -> rows.add(row(vassal)));
        if (document.path("vassal").isObject()) {
            rows.add(row(document.get("vassal")));
        }
        List<Refusal> refused = new ArrayList<>();
        document.path("refused").forEach(file -> refused.add(refusal(file)));
        List<String> troubles = new ArrayList<>();
        document.path("emperor").path("troubles").forEach(trouble -> troubles.add(trouble.asText()));
        return new RealmReport(Instant.parse(document.path("time").asText()), troubles, rows, refused);
    }

    /** Of the document of one vassal. */
    static Origin origin(String json) {
        JsonNode vassal = tree(json).path("vassal");
        return new Origin(vassal.path("source").asText(), vassal.path("id").asText());
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new CommandFailure(ExitCode.NO_DAEMON, "the emperor's answer is not JSON", broken);
        }
    }

    private static Row row(JsonNode vassal) {
        return new Row(
                vassal.path("name").asText(),
                vassal.path("state").asText(),
                vassal.path("loyal").asBoolean(),
                vassal.path("edit_refused").asBoolean(),
                vassal.path("reason").asText(),
                Optional.of(vassal.path("pid")).filter(JsonNode::isNumber).map(JsonNode::asLong),
                time(vassal.path("born")),
                time(vassal.path("next_attempt")),
                vassal.path("launches").asLong(),
                vassal.path("failures").asLong(),
                Optional.of(vassal.path("last").path("text"))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText));
    }

    private static Optional<Instant> time(JsonNode node) {
        return Optional.of(node).filter(JsonNode::isTextual).map(text -> Instant.parse(text.asText()));
    }

    private static Refusal refusal(JsonNode file) {
        List<String> problems = new ArrayList<>();
        file.path("problems")
                .forEach(problem -> problems.add(problem.path("text").asText()));
        return new Refusal(file.path("id").asText(), problems);
    }
}
