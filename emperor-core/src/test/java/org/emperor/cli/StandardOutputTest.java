package org.emperor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    @Test
    void whatArrivesIsNoFailure() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StandardOutput out = new StandardOutput(bytes);
        out.writer().print("one\n");
        assertEquals(Optional.empty(), out.failure());
        assertEquals("one\n", bytes.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void fullDiskIsAFailureEvenIfNothingWasFlushedYet() throws IOException {
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            StandardOutput out = new StandardOutput(full);
            out.writer().print("one\n");
            assertEquals(Optional.of("cannot write to standard output: No space left on device"), out.failure());
        }
    }

    @Test
    void readerThatHasSeenEnoughIsNone() throws IOException {
        Process head = new ProcessBuilder("true").start();
        head.onExit().join();
        StandardOutput out = new StandardOutput(head.getOutputStream());
        out.writer().print("one\n");
        assertEquals(Optional.empty(), out.failure());
    }
}
