package org.emperor.monitor;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.emperor.realm.Specs;
import org.emperor.spec.SpecResult;
import org.junit.jupiter.api.Test;

class HeldTextTest {
    private static final Path WEB = Path.of("/v/web.ini");
    private static final Path API = Path.of("/v/api.ini");

    private final HeldText text = new HeldText(100);

    private static SpecResult.Accepted saying(int characters) {
        return new SpecResult.Accepted(List.of(Specs.spec("web", "x".repeat(characters))), List.of(), Map.of());
    }

    @Test
    void fileThatSaysMoreThanThereIsRoomForCountsForNothing() {
        assertTrue(text.take(WEB, saying(60)));
        assertFalse(text.take(API, saying(41)));
        assertTrue(text.take(API, saying(40)));
        assertFalse(text.take(API, saying(41)), "and what it said before still counts");
        assertFalse(text.take(WEB, saying(61)));
    }

    @Test
    void fileCountsAsItWasReadLast() {
        assertTrue(text.take(WEB, saying(90)));
        assertTrue(text.take(WEB, saying(100)));
        assertTrue(text.take(WEB, saying(10)));
        assertTrue(text.take(API, saying(90)));
    }

    @Test
    void fileThatIsGoneLeavesItsRoom() {
        assertTrue(text.take(WEB, saying(100)));
        text.forget(WEB);
        text.forget(API);
        assertTrue(text.take(API, saying(100)));
        assertFalse(text.take(WEB, saying(1)));
    }
}
