package org.emperor.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UnsentTest {

    @Test
    void largeReplyPassesBesideOnesThatFitTheLimitAndThenNoneUntilItIsSent() {
        Unsent unsent = new Unsent(1 << 20);
        assertTrue(unsent.take(1 << 20));
        assertTrue(unsent.hasRoom());
        assertTrue(unsent.take(5 << 20));
        assertFalse(unsent.hasRoom());
        assertFalse(unsent.take(1 << 20));
        assertTrue(unsent.take(100), "small ones always pass");
        unsent.giveBack(5 << 20);
        assertFalse(unsent.hasRoom());
        unsent.giveBack(1 << 20);
        assertTrue(unsent.hasRoom());
    }
}
