package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.emperor.linux.plan.IpAddress;
import org.emperor.realm.IncarnationId;
import org.emperor.spec.VassalName;
import org.junit.jupiter.api.Test;

class AddressesTest {
    private final Addresses addresses = new Addresses();

    private static IncarnationId id(String name, int number) {
        return new IncarnationId(new VassalName(name), number);
    }

    @Test
    void everyVassalHasAnotherAddressOfThePool() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 5000; i++) {
            String address =
                    addresses.grant(id("web@" + i, 1), it -> true).orElseThrow().toString();
            assertTrue(address.startsWith("10.117.") && !address.equals("10.117.0.0"), address);
            assertTrue(seen.add(address), address + " twice");
        }
    }

    @Test
    void nextLifeHasTheSameAddress() {
        Optional<IpAddress> first = addresses.grant(id("web", 1), it -> true);
        addresses.release(id("web", 1));
        assertEquals(first, addresses.grant(id("web", 2), it -> true));
    }

    @Test
    void addressThatTheHostUsesIsPassedOver() {
        IpAddress usual = addresses.grant(id("web", 1), it -> true).orElseThrow();
        addresses.release(id("web", 1));
        assertTrue(addresses.grant(id("web", 2), it -> !it.equals(usual)).isPresent());
        assertEquals(id("db", 1), addresses.claim("", usual, id("db", 1)), "and is nobody's");
    }

    @Test
    void poolInsideAnothersNetworkGivesNothing() {
        assertEquals(Optional.empty(), addresses.grant(id("web", 1), it -> false));
    }

    @Test
    void addressOfAnotherBridgeIsAnotherAddress() {
        IpAddress address = IpAddress.four(0x0a000005);
        assertEquals(id("web", 1), addresses.claim("br0", address, id("web", 1)));
        assertEquals(id("web", 1), addresses.claim("br0", address, id("db", 1)));
        assertEquals(id("db", 1), addresses.claim("br1", address, id("db", 1)));
        addresses.release(id("web", 1));
        assertEquals(id("db", 1), addresses.claim("br0", address, id("db", 1)));
    }
}
