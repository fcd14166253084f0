package org.emperor.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:7117", "127.1.2.3:0", "localhost:80", "[::1]:65535"})
    void loopbackAddressIsRead(String text) {
        HttpAddress address = HttpAddress.parse(text).orElseThrow();
        assertEquals(text, address.toString());
        assertTrue(address.socketAddress().getAddress().isLoopbackAddress());
    }

    @Test
    void noneIsNoAddress() {
        assertEquals(Optional.empty(), HttpAddress.parse("none"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0.0.0.0:7117",
                "10.0.0.1:80",
                "[::]:80",
                "example.org:80",
                "127.0.0.1",
                ":80",
                "localhost:65536",
                "127.0.0.999:80"
            })
    void anythingElseIsRefusedWithWhatIsAllowed(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> HttpAddress.parse(text))
                .getMessage();
        assertTrue(message.contains("loopback") || message.contains("not an address"), message);
    }
}
