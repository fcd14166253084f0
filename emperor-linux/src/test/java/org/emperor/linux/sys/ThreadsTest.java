package org.emperor.linux.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ThreadsTest {
    @Test
    void noRoomForAThreadIsARefusalAsAnyOther() {
        Thread thread = new Thread("maker") {
            @Override
            public void start() {
                throw new OutOfMemoryError("unable to create native thread");
            }
        };
        SyscallException refusal = assertThrows(SyscallException.class, () -> Threads.start(thread));
        assertEquals("clone thread maker: EAGAIN (resource temporarily unavailable)", refusal.getMessage());
    }
}
