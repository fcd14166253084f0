package org.emperor.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A status table that is drawn again in place every second. Where output is no terminal it is printed below the last one,
 * and only when a vassal changed its state.
 */
public final class LiveTable {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final String NO_WRAP = "\033[?7l";
    private static final String WRAP = "\033[?7h";
    private static final String CLEAR_LINE = "\033[K";
    private static final String CLEAR_BELOW = "\033[J";

    private final PrintStream out;
    private final boolean terminal;
    private final StatusTable table;
    private int lines;
    private String shown = "";

    LiveTable(PrintStream out, boolean terminal, boolean colour) {
        this.out = out;
        this.terminal = terminal;
        this.table = new StatusTable(colour);
    }

    /** Shows what the daemon with this state directory says until the latch opens; the daemon may come and go meanwhile. */
    public static void showUntil(CountDownLatch end, Path stateDirectory) throws InterruptedException {
        boolean terminal = Terminal.isTerminal();
        LiveTable live = new LiveTable(System.out, terminal, Terminal.wantsColour(terminal, System.getenv()));
        ControlSocket socket = new ControlSocket(stateDirectory.resolve("emperor.sock"));
        live.showUntil(
                end, () -> RealmReport.parse(socket.get("/api/v1/vassals").body()));
    }

    private void showUntil(CountDownLatch end, Supplier<RealmReport> reports) throws InterruptedException {
        try {
            do {
                show(reports);
            } while (!end.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS));
        } finally {
            out.print(terminal ? WRAP : "");
            out.flush();
        }
    }

    private void show(Supplier<RealmReport> reports) {
        try {
            draw(reports.get());
        } catch (CommandFailure silent) {
            print(silent.text() + "\n", silent.text());
        }
    }

    void draw(RealmReport report) {
        StringBuilder states = new StringBuilder();
        report.vassals().forEach(row -> states.append(row.name())
                .append(' ')
                .append(row.state())
                .append(' ')
                .append(row.launches())
                .append('\n'));
        print(table.of(report), states.append(report.refused()).toString());
    }

    /** @param essence what must have changed for a new print where nothing can be overwritten */
    private void print(String text, String essence) {
        if (terminal) {
            String up = lines == 0 ? "" : "\033[" + lines + "A";
            // A wrapped line would take two rows, and the next drawing start too low.
            out.print(NO_WRAP + "\r" + up + text.replace("\n", CLEAR_LINE + "\n") + CLEAR_BELOW + WRAP);
            lines = (int) text.lines().count();
        } else if (!essence.equals(shown)) {
            out.print(text);
        }
        out.flush();
        shown = essence;
    }
}
