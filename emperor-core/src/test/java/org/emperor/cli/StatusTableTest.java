package org.emperor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusTableTest {
    private static final String REALM = """
            {"time":"2026-11-21T22:00:00Z",
             "emperor":{"troubles":["cannot read /etc/vassals: EACCES"]},
             "vassals":[
              {"name":"crasher","state":"waiting","loyal":false,"edit_refused":false,"reason":"died too soon",
               "pid":null,"born":null,"next_attempt":"2026-11-21T22:00:03.500Z","launches":6,"failures":6,
               "last":{"text":"exit code 1"}},
              {"name":"shell","state":"running","loyal":false,"edit_refused":true,"reason":"","pid":5002,
               "born":"2026-11-21T21:59:55Z","next_attempt":null,"launches":1,"failures":0,"last":null},
              {"name":"web@1","state":"ready","loyal":true,"edit_refused":false,"reason":"","pid":15001,
               "born":"2026-11-21T20:58:00Z","next_attempt":null,"launches":2,"failures":0,
               "last":{"text":"signal 9"}}],
             "refused":[{"id":"evil\\u001b[31m.ini","problems":[{"text":"/v/evil.ini:3:8: exce: unknown key"}]}]}
            """;

    private static final String TABLE = """
            NAME     STATE           PID     UP  LAUNCHES  FAILURES  REASON
            crasher  waiting           -      -         6         6  died too soon; next attempt in 4s
            shell    running        5002     5s         1         0  last edit refused
            web@1    ready, loyal  15001  1h 2m         2         0  last ended with signal 9

            refused evil\\x1b[31m.ini
              /v/evil.ini:3:8: exce: unknown key

            trouble: cannot read /etc/vassals: EACCES
            """;

    @Test
    void tableIsAlignedAndFollowedByWhatIsRefusedAndTroubled() {
        assertEquals(TABLE, new StatusTable(false).of(RealmReport.parse(REALM)));
    }

    @Test
    void colourIsAroundTheStateOnlyAndNoControlCharacterOfAFileGetsThrough() {
        String coloured = new StatusTable(true).of(RealmReport.parse(REALM));
        assertTrue(coloured.contains("\033[33mwaiting     \033[0m"), coloured);
        assertTrue(coloured.contains("\033[32mready, loyal\033[0m"), coloured);
        assertEquals(TABLE, coloured.replaceAll("\033\\[(33|32|0)m", ""));
    }

    @Test
    void emptyRealmSaysSo() {
        String empty = "{\"time\":\"2026-11-21T22:00:00Z\",\"emperor\":{},\"vassals\":[],\"refused\":[]}";
        assertEquals("no vassals\n", new StatusTable(false).of(RealmReport.parse(empty)));
        assertTrue(RealmReport.parse(empty).isAsWanted());
    }

    @Test
    void emperorInTroubleDoesNotReignAsWanted() {
        String troubled =
                "{\"time\":\"2026-11-21T22:00:00Z\",\"emperor\":{\"troubles\":[\"cannot read /etc/vassals\"]},\"vassals\":[],\"refused\":[]}";
        assertFalse(RealmReport.parse(troubled).isAsWanted());
    }

    @Test
    void whatHasNotFailedIsAsWanted() {
        for (String state : new String[] {"stopped", "waiting", "starting", "running", "ready", "stopping", "done"}) {
            assertTrue(RealmReport.parse(one(state, 0)).isAsWanted(), state);
        }
        assertFalse(RealmReport.parse(one("failed", 0)).isAsWanted());
        assertFalse(RealmReport.parse(one("refused", 0)).isAsWanted());
        assertFalse(RealmReport.parse(one("waiting", 1)).isAsWanted());
    }

    @Test
    void spanShowsItsTwoLargestUnits() {
        assertEquals("0s", StatusTable.span(Duration.ofSeconds(-1)));
        assertEquals("1s", StatusTable.span(Duration.ofMillis(1)));
        assertEquals("59s", StatusTable.span(Duration.ofSeconds(59)));
        assertEquals("1m 0s", StatusTable.span(Duration.ofSeconds(60)));
        assertEquals("23h 59m", StatusTable.span(Duration.ofHours(24).minusSeconds(1)));
        assertEquals("400d 1h", StatusTable.span(Duration.ofDays(400).plusHours(1)));
    }

    @Test
    void colourIsForTerminalsWhoseUserDidNotRefuseIt() {
        assertTrue(Terminal.wantsColour(true, Map.of()));
        assertTrue(Terminal.wantsColour(true, Map.of("NO_COLOR", "")));
        assertFalse(Terminal.wantsColour(true, Map.of("NO_COLOR", "1")));
        assertFalse(Terminal.wantsColour(false, Map.of()));
    }

    private static String one(String state, int failures) {
        return "{\"time\":\"2026-11-21T22:00:00Z\",\"vassals\":[{\"name\":\"a\",\"state\":\"" + state
                + "\",\"failures\":" + failures + "}],\"refused\":[]}";
    }
}
