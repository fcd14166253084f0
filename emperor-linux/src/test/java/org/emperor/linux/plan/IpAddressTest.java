package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.-4",
                "01.2.3.4",
                "1.2.3.4 ",
                "0x1.2.3.4",
                "1..3.4",
                "localhost",
                "::1::",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "12345::",
                "g::",
                "fe80::1%eth0",
                "::1.2.3.4",
                "1:2:3:4:5:6:7:",
                ":1",
                "١.2.3.4"
            })
    void refusesWhatIsNoAddress(String text) {
        assertEquals(Optional.empty(), IpAddress.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.5, 10.0.0.5",
        "255.255.255.255, 255.255.255.255",
        "0.0.0.0, 0.0.0.0",
        "::, ::",
        "::1, ::1",
        "FE80:0:0:0:0:0:0:1, fe80::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8"
    })
    void isWrittenInItsOneCanonicalWay(String text, String canonical) {
        assertEquals(canonical, IpAddress.parse(text).orElseThrow().toString());
    }

    @Property
    boolean whatIsWrittenIsReadAgain(@ForAll boolean six, @ForAll long high, @ForAll long low) {
        IpAddress address = six ? new IpAddress(true, high, low) : IpAddress.four(low);
        return IpAddress.parse(address.toString()).equals(Optional.of(address));
    }

    /** Zeros are what the short form is about. */
    @Property
    boolean javaReadsTheSameBytes(@ForAll @Size(16) byte[] bytes, @ForAll short zeros) throws UnknownHostException {
        for (int i = 0; i < 16; i++) {
            bytes[i] = (zeros >> i & 1) != 0 ? 0 : bytes[i];
        }
        bytes[0] |= 0x20; // Java takes ::ffff:0:0/96 for IPv4
        String text = InetAddress.getByAddress(bytes).getHostAddress();
        IpAddress read = IpAddress.parse(text).orElseThrow();
        return java.util.Arrays.equals(bytes, read.bytes())
                && java.util.Arrays.equals(
                        bytes, InetAddress.getByName(read.toString()).getAddress());
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.5/24, 10.0.0.255, true",
        "10.0.0.5/24, 10.0.1.0, false",
        "10.0.0.5/31, 10.0.0.4, true",
        "10.0.0.5/32, 10.0.0.4, false",
        "10.0.0.5/1, 127.0.0.1, true",
        "10.0.0.5/1, 128.0.0.1, false",
        "fd00::5/64, fd00::ffff:1, true",
        "fd00::5/64, fd00:0:0:1::5, false",
        "fd00::5/127, fd00::4, true",
        "fd00::5/128, fd00::4, false",
        "fd00::5/8, 10.0.0.5, false"
    })
    void networkHoldsWhatHasItsFirstBits(String network, String address, boolean holds) {
        IpAddress asked = IpAddress.parse(address).orElseThrow();
        assertEquals(holds, IpNetwork.parse(network).orElseThrow().contains(asked));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.5/", "10.0.0.5/0", "10.0.0.5/33", "10.0.0.5/08", "10.0.0.5/-1", "fd00::/129", "/8"})
    void refusesABadPrefix(String text) {
        assertEquals(Optional.empty(), IpNetwork.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "ff02::1", "::ffff:0:1"})
    void someAddressesAreNoInterfaces(String text) {
        assertFalse(IpAddress.parse(text).orElseThrow().isOrdinary());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.5", "169.254.1.1", "223.255.255.255", "fe80::1", "fd00::1", "2001:db8::1"})
    void othersAre(String text) {
        assertTrue(IpAddress.parse(text).orElseThrow().isOrdinary());
    }

    @ParameterizedTest
    @CsvSource({"fe80::1, true", "febf::1, true", "fec0::1, false", "fd00::1, false", "169.254.1.1, false"})
    void linkLocalIsFe80With10Bits(String text, boolean is) {
        assertEquals(is, IpAddress.parse(text).orElseThrow().isLinkLocalSix());
    }

    @ParameterizedTest
    @CsvSource({"1.2.3.4", "::1"})
    void bytesAreInNetworkOrder(String text) throws UnknownHostException {
        assertArrayEquals(
                InetAddress.getByName(text).getAddress(),
                IpAddress.parse(text).orElseThrow().bytes());
    }
}
