package org.emperor.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes {@code 2026-11-21T22:00:00.123Z INFO message} in one write, so that lines of several threads never mix. */
final class LineLogger implements System.Logger {
    private final String name;
    private final Supplier<Level> threshold;
    private final PrintStream out;
    private final Clock clock;

    LineLogger(String name, Supplier<Level> threshold, PrintStream out) {
        this(name, threshold, out, Clock.systemUTC());
    }

    LineLogger(String name, Supplier<Level> threshold, PrintStream out, Clock clock) {
        this.name = name;
        this.threshold = threshold;
        this.out = out;
        this.clock = clock;
    }

    @Override
    public String getName() {
        return name;
    }

    /** The JDK and the libraries log under their own names; of them only warnings concern an operator. */
    @Override
    public boolean isLoggable(Level level) {
        boolean ours = name.startsWith("emperor") || name.startsWith("org.emperor");
        Level least = ours || threshold.get().compareTo(Level.WARNING) > 0 ? threshold.get() : Level.WARNING;
        return level != Level.OFF && level.compareTo(least) >= 0;
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
        if (isLoggable(level)) {
            write(level, translated(bundle, message), thrown);
        }
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String format,
            @Nullable Object @Nullable ... params) {
        if (isLoggable(level)) {
            String text = translated(bundle, format);
            write(level, params == null || params.length == 0 ? text : MessageFormat.format(text, params), null);
        }
    }

    private void write(Level level, String message, @Nullable Throwable thrown) {
        // Millis always, so that columns stay: Instant leaves ".000" out.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String time = now.toString().length() == 20 ? now.toString().replace("Z", ".000Z") : now.toString();
        StringBuilder line = new StringBuilder(time).append(' ').append(level).append(' ');
        line.append(Printable.of(message));
        if (thrown != null) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            line.append(": ").append(trace.toString().stripTrailing());
        }
        byte[] bytes = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    private static String translated(@Nullable ResourceBundle bundle, @Nullable String key) {
        if (bundle == null || key == null) {
            return String.valueOf(key);
        }
        try {
            return bundle.getString(key);
        } catch (MissingResourceException plain) {
            return key;
        }
    }
}
