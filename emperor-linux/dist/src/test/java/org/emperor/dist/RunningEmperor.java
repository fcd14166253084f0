package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The real daemon as a process of its own. Tests change its vassal files as operators do, ask it over HTTP as they do, and
 * ask the kernel whether what it says is true.
 */
final class RunningEmperor implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Place place;
    private final int port;
    private final Process process;
    private boolean elsewhere;

    private RunningEmperor(Place place, int port, Process process) {
        this.place = place;
        this.port = port;
        this.process = process;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly)); // should the tests be interrupted
    }

    /** Starts a daemon in a place of its own, and waits until it says that it is ready. */
    static RunningEmperor start(String... options) {
        return in(new Place(), options);
    }

    static RunningEmperor in(Place place, String... options) {
        return ready(launch(place, java(), options));
    }

    /** Starts a daemon in the network namespace of another process, where TCP does not reach it. */
    static RunningEmperor inNetworkOf(int pid, Place place, String... options) {
        List<String> command = new ArrayList<>(List.of("nsenter", "--net=/proc/" + pid + "/ns/net"));
        command.addAll(java());
        return readyElsewhere(place, command, options);
    }

    /** Starts a daemon by a command that leaves it where TCP does not reach it. */
    static RunningEmperor readyElsewhere(Place place, List<String> command, String... options) {
        RunningEmperor emperor = launch(place, command, options);
        emperor.elsewhere = true;
        return ready(emperor);
    }

    static RunningEmperor ready(RunningEmperor emperor) {
        try {
            emperor.until(
                    "it is ready",
                    () -> emperor.get("/readyz").filter("ready\n"::equals).isPresent());
            return emperor;
        } catch (AssertionError late) {
            emperor.close();
            throw late;
        }
    }

    /**
     * Starts a daemon that may well refuse to reign.
     *
     * @param command what does as {@link #java} with the words after it
     */
    static RunningEmperor launch(Place place, List<String> command, String... options) {
        int port = freePort();
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("run", "--http", "127.0.0.1:" + port, "--log-level", "debug"));
        words.addAll(List.of("--state-dir", place.state().toString()));
        words.addAll(List.of("--log-dir", place.logs().toString()));
        if (!List.of(options).contains("--vassals")) {
            words.addAll(List.of("--vassals", place.vassals().toString()));
        }
        words.addAll(List.of(options));
        return new RunningEmperor(place, port, begin(words, place));
    }

    private static Process begin(List<String> words, Place place) {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("_JAVA_SR_SIGNUM", "50"); // as the launcher: SIGUSR2 is the emperor's
        try {
            return builder.redirectOutput(ProcessBuilder.Redirect.appendTo(
                            place.path().resolve("emperor.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command that the launcher ends in, with this test's own classes. */
    static List<String> java() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        words.addAll(launchersOptions());
        if (Runtime.version().feature() >= 23) {
            words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        words.add("-Demperor.native="
                + Path.of("../target/native").toAbsolutePath().normalize());
        // Surefire's own class path may be a jar that only names the real one.
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        words.addAll(List.of("-cp", classPath, "org.emperor.cli.Main"));
        return words;
    }

    /** Of the lines of the launcher that count for every start; the others are indented. */
    private static List<String> launchersOptions() {
        try {
            return Files.readString(Path.of("../../emperor"))
                    .replace("\\\n", "")
                    .lines()
                    .filter(line -> line.startsWith("set -- -X"))
                    .flatMap(line -> Stream.of(line.split(" +")))
                    .filter(word -> word.startsWith("-X"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Place place() {
        return place;
    }

    int pid() {
        return (int) process.pid();
    }

    void drop(String vassal, String... lines) {
        place.drop(vassal, lines);
    }

    void remove(String vassal) {
        place.remove(vassal);
    }

    String probe(String... words) {
        return place.probe(words);
    }

    /** Removes the vassal's file, and waits until nothing is known of it any more. */
    void dismiss(String... vassals) {
        Stream.of(vassals).forEach(place::remove);
        Stream.of(vassals).forEach(this::untilGone);
    }

    void signal(String signal) {
        Host.signal(signal, pid());
    }

    /** The body of an answer that is no error; empty while there is none. */
    Optional<String> get(String path) {
        if (elsewhere) {
            String answer = ControlSocket.get(place.state().resolve("emperor.sock"), path);
            String[] halves = answer.split("\r\n\r\n", 2);
            return answer.startsWith("HTTP/1.1 200 ") ? Optional.of(halves[1]) : Optional.empty();
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException notNow) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<JsonNode> json(String path) {
        try {
            Optional<String> answer = get(path);
            return answer.isEmpty() ? Optional.empty() : Optional.of(JSON.readTree(answer.get()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode api() {
        return json("/api/v1/vassals").orElseThrow(() -> new AssertionError("no answer" + place.lastLog()));
    }

    List<JsonNode> vassals() {
        return list(api().get("vassals"));
    }

    List<JsonNode> refused() {
        return list(api().get("refused"));
    }

    /** The first problem of a vassal's file, once it is shown as refused. */
    JsonNode problem(String vassal) {
        until(vassal + " is refused", () -> refusal(vassal).isPresent());
        return refusal(vassal).orElseThrow().get("problems").get(0);
    }

    private Optional<JsonNode> refusal(String vassal) {
        return refused().stream()
                .filter(file -> file.get("id").textValue().equals(vassal + ".ini"))
                .findFirst();
    }

    List<String> troubles() {
        return list(api().get("emperor").get("troubles")).stream()
                .map(JsonNode::textValue)
                .toList();
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    Optional<JsonNode> vassal(String name) {
        return json("/api/v1/vassals/" + name)
                .map(answer -> answer.get("vassal"))
                .filter(JsonNode::isObject);
    }

    /** What is shown of it now. */
    JsonNode shown(String vassal) {
        return vassal(vassal).orElseThrow(() -> new AssertionError("no vassal " + vassal + place.lastLog()));
    }

    int pid(String vassal) {
        return shown(vassal).get("pid").intValue();
    }

    /** The jail-init that the vassal's main program is a child of. */
    int init(String vassal) {
        return Host.parent(pid(vassal));
    }

    boolean logged(String... parts) {
        return place.log().stream().anyMatch(line -> Stream.of(parts).allMatch(line::contains));
    }

    void until(String what, BooleanSupplier seen) {
        try {
            Await.until(what, () -> isSeen(seen));
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + place.lastLog(), late);
        }
    }

    private boolean isSeen(BooleanSupplier seen) {
        boolean is = seen.getAsBoolean();
        if (!is && !process.isAlive()) {
            throw new AssertionError("the emperor ended with " + process.exitValue());
        }
        return is;
    }

    /** Waits until what is shown of the vassal fits. */
    void untilShown(String vassal, String what, Predicate<JsonNode> seen) {
        until(vassal + " is shown " + what, () -> vassal(vassal).filter(seen).isPresent());
    }

    void untilState(String vassal, String state) {
        untilShown(vassal, state, shown -> shown.get("state").textValue().equals(state));
    }

    /** Waits until the vassal runs after that many launches. */
    void untilRunning(String vassal, int launches) {
        untilShown(
                vassal,
                "running after " + launches + " launches",
                shown -> shown.get("state").textValue().equals("running")
                        && shown.get("launches").intValue() >= launches);
    }

    void untilRunning(String... vassals) {
        Stream.of(vassals).forEach(vassal -> untilRunning(vassal, 1));
    }

    void untilGone(String vassal) {
        until(vassal + " is gone", () -> get("/api/v1/vassals/" + vassal).isEmpty());
    }

    void untilSaid(String vassal, String part) {
        until(vassal + " says " + part, () -> place.output(vassal).stream().anyMatch(line -> line.contains(part)));
    }

    /** Waits until an attempt to launch it has failed in a step that this is part of, by that errno; and dismisses it. */
    void untilFailsIn(String vassal, String step, String errno) {
        untilLogged("cannot launch vassal " + vassal + ": step ", step, errno);
        dismiss(vassal);
    }

    void untilLogged(String... parts) {
        until("it logs " + String.join(" ... ", parts), () -> logged(parts));
    }

    /** Waits for the n-th report that the vassal printed, counted from 1 over all its lives. */
    Report report(String vassal, int count) {
        until(
                vassal + " reports for the " + count + ". time",
                () -> reports(vassal).size() >= count);
        return reports(vassal).get(count - 1);
    }

    Report report(String vassal) {
        return report(vassal, 1);
    }

    private List<Report> reports(String vassal) {
        return place.output(vassal).stream()
                .filter(line -> line.startsWith("{"))
                .map(Report::parse)
                .toList();
    }

    /** As service managers do; it must then end well and leave nothing. */
    void stop() {
        signal("TERM");
        assertEquals(0, exitCode(), () -> "exit code" + place.lastLog());
        place.untilNothingIsLeft();
    }

    void kill() {
        signal("KILL");
        exitCode();
    }

    int exitCode() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("the emperor does not end" + place.lastLog());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@link #stop}, and clears the place however that went. */
    void end() {
        try {
            stop();
        } finally {
            close();
        }
    }

    /** Ends it if a test has not, whatever state it is in, and clears its place. */
    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
        place.clear();
    }
}
