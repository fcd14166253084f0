package org.emperor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LastWordsTest {
    @Test
    void wordsAreSaidBeforeItReturns() throws InterruptedException {
        AtomicInteger said = new AtomicInteger();
        LastWords.say(said::incrementAndGet);
        assertEquals(1, said.get());
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nobodyWaitsForAReaderThatHasStoppedReading() throws InterruptedException {
        CountDownLatch reader = new CountDownLatch(1);
        LastWords.say(() -> {
            try {
                reader.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertEquals(1, reader.getCount());
        reader.countDown();
    }
}
