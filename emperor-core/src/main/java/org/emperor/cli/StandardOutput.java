package org.emperor.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Optional;
import org.emperor.lang.IoReason;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes its answer. Writers of Java keep an error to themselves, and half an answer with exit code 0 would pass
 * for a whole one. A reader that has seen enough, as head(1) has, is no error.
 */
final class StandardOutput {
    private static final String BROKEN_PIPE = "Broken pipe";

    private final PrintWriter writer;
    private @Nullable IOException failure;

    StandardOutput(OutputStream out) {
        writer = new PrintWriter(new Watched(out), true, Charset.defaultCharset());
    }

    PrintWriter writer() {
        return writer;
    }

    /** Why what was written did not arrive; empty if it did, or nobody wants it any more. */
    Optional<String> failure() {
        writer.flush();
        return failure == null || BROKEN_PIPE.equals(failure.getMessage())
                ? Optional.empty()
                : Optional.of("cannot write to standard output: " + IoReason.of(failure));
    }

    private final class Watched extends FilterOutputStream {
        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
