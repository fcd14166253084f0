package org.emperor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LiveTableTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);

    @Test
    void secondDrawingGoesOverTheFirst() {
        LiveTable live = new LiveTable(out, true, false);
        live.draw(report("running", 1));
        bytes.reset();
        live.draw(report("waiting", 1));
        String drawn = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(drawn.startsWith("\033[?7l\r\033[2ANAME  STATE"), drawn);
        assertTrue(drawn.contains("\na     waiting") && drawn.endsWith("\033[K\n\033[J\033[?7h"), drawn);
    }

    @Test
    void withoutTerminalItIsPrintedOnlyWhenAStateChanged() {
        LiveTable live = new LiveTable(out, false, false);
        live.draw(report("running", 1));
        live.draw(report("running", 1));
        live.draw(report("running", 2));
        String drawn = bytes.toString(StandardCharsets.UTF_8);
        assertEquals(2, drawn.split("NAME", -1).length - 1, drawn);
        assertEquals(-1, drawn.indexOf('\033'));
    }

    private static RealmReport report(String state, int launches) {
        return RealmReport.parse("{\"time\":\"2026-11-21T22:00:00Z\",\"vassals\":[{\"name\":\"a\",\"state\":\"" + state
                + "\",\"launches\":" + launches + "}],\"refused\":[]}");
    }
}
