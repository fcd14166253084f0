package org.emperor.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.emperor.jail.Outputs;
import org.emperor.log.FaultReport;
import org.emperor.log.LogCounters;
import org.emperor.log.LogQueue;
import org.emperor.log.LogReader;
import org.emperor.log.LogTarget;
import org.emperor.log.LogWriter;
import org.emperor.loop.RealmSnapshot;
import org.emperor.loop.SampleRealm;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Moment;
import org.emperor.spec.VassalName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmperorMetricsTest {
    private final AtomicReference<RealmSnapshot> realm = new AtomicReference<>(SampleRealm.mixed());
    private final LogCounters logs = new LogCounters();
    private final EmperorMetrics metrics = new EmperorMetrics(realm::get, logs);

    @BeforeEach
    void webWritesSixBytes() {
        LogQueue queue = new LogQueue(logs);
        write(queue, "hello\n");
        LogTarget target = LogTarget.stream(Channels.newChannel(new ByteArrayOutputStream()), "nowhere");
        LogWriter writer = new LogWriter(
                queue,
                target,
                logs,
                new FaultReport(sentence -> {}),
                () -> Moment.ZERO,
                InstantSource.system(),
                Set::of);
        writer.stop();
        writer.run();
    }

    /** What a log reader does with one vassal's output. */
    private static void write(LogQueue queue, String text) {
        AtomicReference<LogReader> reader = new AtomicReference<>();
        Outputs outputs = new Outputs() {
            @Override
            public void await(Sink sink) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                sink.bytes(new IncarnationId(new VassalName("web@1"), 2), bytes);
                reader.get().stop();
            }

            @Override
            public void wake() {}

            @Override
            public void close() {}
        };
        reader.set(new LogReader(outputs, queue, InstantSource.system()));
        reader.get().run();
    }

    @Test
    void everySeriesOfAVassalIsExactlyWhatTheSnapshotSays() throws IOException {
        assertEquals("""
                emperor_vassal_consecutive_failures{vassal="crasher"} 6.0
                emperor_vassal_deaths_total{vassal="crasher"} 6.0
                emperor_vassal_edit_refused{vassal="crasher"} 0.0
                emperor_vassal_last_exit_code{vassal="crasher"} 1.0
                emperor_vassal_launches_total{vassal="crasher"} 6.0
                emperor_vassal_log_bytes_total{vassal="crasher"} 0.0
                emperor_vassal_log_dropped_bytes_total{vassal="crasher"} 0.0
                emperor_vassal_log_errors_total{vassal="crasher"} 0.0
                emperor_vassal_loyal{vassal="crasher"} 0.0
                emperor_vassal_next_attempt_time_seconds{vassal="crasher"} 1.7952984035E9
                emperor_vassal_oom_kills_total{vassal="crasher"} 0.0
                emperor_vassal_state{state="waiting",vassal="crasher"} 1.0
                emperor_vassal_up{vassal="crasher"} 0.0
                """, linesWith("vassal=\"crasher\""));
        assertEquals("""
                emperor_vassal_consecutive_failures{vassal="web@1"} 0.0
                emperor_vassal_deaths_total{vassal="web@1"} 1.0
                emperor_vassal_edit_refused{vassal="web@1"} 0.0
                emperor_vassal_last_exit_signal{vassal="web@1"} 9.0
                emperor_vassal_launches_total{vassal="web@1"} 2.0
                emperor_vassal_log_bytes_total{vassal="web@1"} 6.0
                emperor_vassal_log_dropped_bytes_total{vassal="web@1"} 0.0
                emperor_vassal_log_errors_total{vassal="web@1"} 0.0
                emperor_vassal_loyal{vassal="web@1"} 1.0
                emperor_vassal_oom_kills_total{vassal="web@1"} 1.0
                emperor_vassal_start_time_seconds{vassal="web@1"} 1.79529468E9
                emperor_vassal_state{state="ready",vassal="web@1"} 1.0
                emperor_vassal_up{vassal="web@1"} 1.0
                """, linesWith("vassal=\"web@1\""));
        assertTrue(scrape().contains("emperor_vassal_edit_refused{vassal=\"shell\"} 1.0\n"));
    }

    @Test
    void emperorsOwnMetersComeFromTheSameSnapshot() throws IOException {
        String page = scrape();
        for (String line : List.of(
                "emperor_capacity 30000.0",
                "emperor_deaths_total 9.0",
                "emperor_defects_total 0.0",
                "emperor_launch_failures_total 2.0",
                "emperor_launches_total 12.0",
                "emperor_orphans_reaped_total 3.0",
                "emperor_refused_files 1.0",
                "emperor_start_time_seconds 1.7952696E9",
                "emperor_stopping 0.0",
                "emperor_troubles 0.0",
                "emperor_turns_total 77.0",
                "emperor_turn_seconds_bucket{le=\"0.001\"} 70",
                "emperor_turn_seconds_bucket{le=\"0.05\"} 76",
                "emperor_turn_seconds_bucket{le=\"+Inf\"} 77",
                "emperor_turn_seconds_sum 2.5",
                "emperor_vassals{state=\"waiting\"} 1.0",
                "emperor_vassals{state=\"failed\"} 0.0")) {
            assertTrue(page.contains("\n" + line + "\n"), () -> line + " is not in\n" + page);
        }
        assertEquals(9, linesWith("emperor_vassals{").lines().count());
        assertTrue(page.contains("\nemperor_build_info{java=\""));
        assertTrue(page.contains("\njvm_memory_used_bytes{area=\"heap\"} "));
        assertTrue(page.contains("\n# TYPE emperor_launches_total counter\n"));
    }

    @Test
    void seriesVanishWithTheirVassal() throws IOException {
        assertFalse(linesWith("vassal=\"crasher\"").isEmpty());
        realm.set(SampleRealm.calm());
        assertEquals("", linesWith("vassal=\"crasher\""));
        assertEquals(13, linesWith("vassal=\"web@1\"").lines().count());
    }

    @Test
    void onlyTheNameAndTheStateLabelAVassalAndNoProcessIdOrFileIsShown() throws IOException {
        String page = scrape();
        assertFalse(page.contains("5001"), "the process id of web@1");
        assertFalse(page.contains("/etc/vassals"), "a path");
    }

    @Test
    void gaugesOfOthersAreAdded() throws IOException {
        metrics.gauge("emperor.http.troubles", "Addresses that cannot be listened on", () -> 2);
        assertEquals("emperor_http_troubles 2.0\n", linesWith("emperor_http_troubles"));
    }

    @Test
    void openMetricsIsWrittenToWhoAsksForIt() throws IOException {
        String wish = "application/openmetrics-text; version=1.0.0; charset=utf-8";
        assertTrue(metrics.contentType(wish).startsWith("application/openmetrics-text"));
        assertTrue(scrape(wish).endsWith("# EOF\n"));
        assertTrue(metrics.contentType("").startsWith("text/plain; version=0.0.4"));
    }

    @Test
    void tenThousandVassalsAreOneLinePerSeries() throws IOException {
        realm.set(SampleRealm.large(10_000));
        assertEquals(120_000, linesWith("vassal=\"").lines().count());
    }

    private String linesWith(String part) throws IOException {
        StringBuilder found = new StringBuilder();
        scrape().lines()
                .filter(line -> line.contains(part) && !line.startsWith("#"))
                .forEach(line -> found.append(line).append('\n'));
        return found.toString();
    }

    private String scrape() throws IOException {
        return scrape("");
    }

    private String scrape(String accept) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        metrics.write(metrics.contentType(accept), out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
