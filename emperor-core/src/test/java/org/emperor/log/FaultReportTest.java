package org.emperor.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.emperor.spec.VassalName;
import org.junit.jupiter.api.Test;

class FaultReportTest {
    private final List<String> told = new ArrayList<>();
    private final FaultReport report = new FaultReport(told::add);

    private void fail(String vassal, String why) {
        report.failed(new VassalName(vassal), "/log/" + vassal + ".log", new IOException(why));
    }

    @Test
    void reasonIsToldOncePerVassalUntilItIsEverybodys() {
        for (int attempt = 0; attempt < 3; attempt++) {
            for (int vassal = 0; vassal < 20; vassal++) {
                fail("v" + vassal, "full");
            }
        }
        assertEquals(6, told.size());
        assertEquals(
                "cannot write log for vassal v0: write /log/v0.log: full; output is dropped and counted until that works,"
                        + " which is tried every second",
                told.get(0));
        assertEquals("cannot write logs for more vassals: full", told.get(5));
    }

    @Test
    void otherReasonIsToldBesideTheFirst() {
        fail("web", "full");
        fail("api", "a link");
        assertEquals(2, told.size());
    }

    @Test
    void recoveryIsToldOnceAndEverythingMayBeToldAgain() {
        report.recovered();
        fail("web", "full");
        report.lost(7);
        report.recovered();
        report.recovered();
        fail("web", "full");
        assertEquals(3, told.size());
        assertEquals("all logs of vassals are written again; 7 bytes were dropped", told.get(1));
    }
}
