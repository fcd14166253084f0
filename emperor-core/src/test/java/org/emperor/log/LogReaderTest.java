package org.emperor.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.emperor.jail.Outputs;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Moment;
import org.emperor.spec.VassalName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reader and writer as threads: what was read before they were told to end is in the file afterwards. */
class LogReaderTest {

    private static final class ScriptedOutputs implements Outputs {
        private final BlockingQueue<Consumer<Sink>> script = new LinkedBlockingQueue<>();

        @Override
        public void await(Sink sink) {
            try {
                script.take().accept(sink);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void wake() {
            script.add(sink -> {});
        }

        @Override
        public void close() {}
    }

    @Test
    void hundredLastLinesAreInTheFileAfterTheEnd(@TempDir Path directory) throws Exception {
        IncarnationId web = new IncarnationId(new VassalName("web"), 1);
        ByteBuffer reused = ByteBuffer.allocate(64);
        ScriptedOutputs outputs = new ScriptedOutputs();
        for (int i = 0; i < 100; i++) {
            byte[] line = ("line " + i + "\n").getBytes(StandardCharsets.UTF_8);
            outputs.script.add(sink -> {
                reused.clear().put(line).flip();
                sink.bytes(web, reused);
            });
        }
        outputs.script.add(sink -> sink.ended(web));
        LogCounters counters = new LogCounters();
        LogQueue queue = new LogQueue(counters);
        LogReader reader = new LogReader(outputs, queue, () -> Instant.EPOCH);
        LogWriter writer = new LogWriter(
                queue,
                LogTarget.directory(directory, () -> Moment.ZERO),
                counters,
                new FaultReport(sentence -> {
                    throw new AssertionError(sentence);
                }),
                () -> Moment.ZERO,
                () -> Instant.EPOCH,
                Set::of);
        Thread reading = new Thread(reader, "log-reader");
        Thread writing = new Thread(writer, "log-writer");
        reading.start();
        writing.start();
        outputs.script.add(sink -> reader.stop());
        join(reading);
        writer.stop();
        join(writing);
        String expected = IntStream.range(0, 100)
                .mapToObj(i -> "1970-01-01T00:00:00.000Z | line " + i + "\n")
                .collect(Collectors.joining());
        assertEquals(expected, Files.readString(directory.resolve("web.log")));
    }

    private static void join(Thread thread) throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(10));
        assertFalse(thread.isAlive(), thread.getName() + " did not end");
    }
}
