package org.emperor.jail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class KernelTestsTest {

    @Test
    void rootWithAllRightsIsNotHindered() {
        assertEquals(Optional.empty(), KernelTests.hindrance(status(0, "000001ffffffffff")));
    }

    @Test
    void anybodyElseIsToldToBeRoot() {
        assertEquals(
                Optional.of("needs root: this is uid 1000"), KernelTests.hindrance(status(1000, "000001ffffffffff")));
    }

    @Test
    void rootOfAnUnprivilegedContainerIsToldWhatItLacks() {
        assertEquals(
                Optional.of("needs CAP_SYS_ADMIN: this root may not make namespaces"),
                KernelTests.hindrance(status(0, "00000000a80425fb")));
    }

    private static String status(int uid, String effective) {
        return "Name:\tjava\nUid:\t" + uid + "\t" + uid + "\t" + uid + "\t" + uid + "\nCapPrm:\t0\nCapEff:\t"
                + effective + "\n";
    }
}
