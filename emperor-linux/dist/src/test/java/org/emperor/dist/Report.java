package org.emperor.dist;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** What the probe said of itself and its jail. */
record Report(JsonNode said) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Report parse(String line) {
        try {
            return new Report(JSON.readTree(line));
        } catch (JsonProcessingException e) {
            throw new AssertionError("no report: " + line, e);
        }
    }

    int number(String field) {
        return present(field).intValue();
    }

    String text(String field) {
        return present(field).textValue();
    }

    List<String> list(String field) {
        return StreamSupport.stream(present(field).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    Map<String, String> map(String field) {
        Map<String, String> map = new TreeMap<>();
        present(field)
                .properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }

    Map<String, String> namespaces() {
        return map("namespaces");
    }

    /** What was seen at a path that it was told to look at. */
    Report look(String path) {
        return new Report(new Report(present("looks")).present(path));
    }

    boolean says(String field) {
        return said.has(field);
    }

    /** The flags of the mount that is on top at a mount point, as mountinfo has them: {@code ro,nosuid}. */
    List<String> flags(String mountPoint) {
        return mounts(mountPoint).stream()
                .map(fields -> List.of(fields.get(5).split(",", -1)))
                .reduce((lower, upper) -> upper)
                .orElseThrow(() -> new AssertionError("nothing is mounted on " + mountPoint + ": " + said));
    }

    /** The fields of every mount at a mount point. */
    List<List<String>> mounts(String mountPoint) {
        return list("mounts").stream()
                .map(line -> List.of(line.split(" ", -1)))
                .filter(fields -> fields.get(4).equals(mountPoint))
                .toList();
    }

    private JsonNode present(String field) {
        JsonNode value = said.get(field);
        if (value == null) {
            throw new AssertionError("the probe did not say " + field + ": " + said);
        }
        return value;
    }
}
