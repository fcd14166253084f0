package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emperor.linux.plan.IpAddress;
import org.emperor.linux.plan.IpNetwork;
import org.emperor.linux.sys.Fd;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.Links;
import org.emperor.linux.sys.NetworkMaker;
import org.emperor.linux.sys.SyscallException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two network namespaces of this test's own; the host's is never touched. */
@Tag("kernel")
@Timeout(30)
class NetworkLinksTest {
    private static final Path OWN = Path.of("/proc/thread-self/ns/net");
    private static final String MAC = "02:00:00:00:00:01";
    private static final IpAddress NEAR = IpAddress.four(0x0a010203);
    private static final IpAddress FAR = new IpAddress(true, 0xfd00L << 48, 7);

    private final Kernel kernel = new Kernel(NativeFiles.find().library());
    private Fd first;
    private Fd second;
    private Links here;
    private Links there;

    @BeforeEach
    void makeTwo() {
        try (NetworkMaker maker = new NetworkMaker(kernel)) {
            first = maker.make();
            second = maker.make();
        }
        here = Links.of(kernel, first);
        there = Links.of(kernel, second);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
        first.close();
        second.close();
    }

    private void makePair(String name) {
        here.makePair(new Links.End(name, MAC, 0), new Links.End("eth0", MAC, 1400), second);
    }

    @Test
    void threadIsBackInItsOwnNamespace() throws IOException {
        String home = Files.readSymbolicLink(OWN).toString();
        Links.of(kernel, first).close();
        assertEquals(home, Files.readSymbolicLink(OWN).toString());
    }

    @Test
    void pairHasOneEndInEachNamespace() {
        makePair("wire");

        assertEquals("veth", here.link("wire").kind());
        assertEquals(1500, here.link("wire").mtu());
        assertEquals(1400, there.link("eth0").mtu());
        assertThrows(SyscallException.class, () -> here.link("eth0"));
        assertThrows(SyscallException.class, () -> there.link("wire"));
    }

    @Test
    void removingOneEndRemovesTheOther() {
        makePair("wire");

        assertTrue(here.remove("wire"));
        assertFalse(here.remove("wire"), "there is none any more");
        assertThrows(SyscallException.class, () -> there.link("eth0"));
    }

    @Test
    void nameThatIsTakenIsRefusedWithTheKernelsReason() {
        makePair("wire");

        SyscallException refused = assertThrows(SyscallException.class, () -> makePair("wire"));
        assertEquals("write RTM_NEWLINK wire: EEXIST (file exists)", refused.getMessage());
    }

    @Test
    void kernelsOwnWordsAreTold() {
        SyscallException refused = assertThrows(
                SyscallException.class, () -> here.give(here.link("lo").index(), new IpNetwork(NEAR, 33)));
        assertTrue(refused.getMessage().contains(" \""), refused.getMessage());
    }

    @Test
    void addressIsTheHostsItselfOnceItIsGiven() {
        assertEquals(Links.Destination.NOWHERE_SPECIAL, here.destination(NEAR));
        makePair("wire");
        here.give(here.link("wire").index(), IpNetwork.alone(NEAR));
        here.give(here.link("wire").index(), IpNetwork.alone(FAR));
        here.raise("wire", 0, "a wire");
        there.raise("eth0", 0, "");

        assertEquals(Links.Destination.ITSELF, here.destination(NEAR));
        while (here.destination(FAR) != Links.Destination.ITSELF) { // the kernel adds its route by a task of its own
            Thread.onSpinWait();
        }
        assertTrue(here.isSettled(here.link("wire").index(), FAR));
    }

    @Test
    void routeLeadsThereAndNobodyElseMayHaveIt() {
        makePair("wire");
        here.raise("wire", 0, "");
        there.raise("eth0", 0, "");
        int index = here.link("wire").index();
        here.lead(index, NEAR);
        here.lead(index, FAR);

        assertEquals(Links.Destination.A_NETWORK, here.destination(NEAR));
        assertEquals(Links.Destination.A_NETWORK, here.destination(FAR));
        assertThrows(SyscallException.class, () -> here.lead(index, NEAR));
        assertThrows(SyscallException.class, () -> here.lead(index, FAR));
    }

    @Test
    void defaultRouteMakesNoAddressTaken() {
        makePair("wire");
        here.raise("wire", 0, "");
        there.raise("eth0", 0, "");
        int index = here.link("wire").index();
        IpAddress gateway = IpAddress.four(0xa9fe0101L);
        IpAddress gatewayOfSix = new IpAddress(true, 0xfe80L << 48, 1);
        here.lead(index, gateway);
        here.leadRest(index, gateway);
        here.leadRest(index, gatewayOfSix);

        assertEquals(Links.Destination.NOWHERE_SPECIAL, here.destination(NEAR));
        assertEquals(Links.Destination.NOWHERE_SPECIAL, here.destination(FAR));
    }
}
