package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.Spawner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class LaunchThreadsTest {
    private final Spawner spawner = new Spawner(
            new Kernel(NativeFiles.find().library()), NativeFiles.find().jailInit());
    private final LaunchThreads threads = new LaunchThreads(spawner);

    @AfterEach
    void end() {
        threads.close();
    }

    @Test
    void taskThatThrowsCostsNoThread() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            threads.submit((slot, worker) -> {
                throw new IllegalStateException("on purpose");
            });
            threads.submit((slot, worker) -> {
                throw new OutOfMemoryError("on purpose");
            });
        }
        assertEquals(2, threadsThatMeet(2));
    }

    @Test
    void stuckThreadIsReplacedAndGoesOnWhenItComesBack() throws InterruptedException {
        CountDownLatch disk = new CountDownLatch(1);
        Set<Thread> stuck = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 2; i++) {
            AtomicReference<LaunchThreads.Worker> worker = new AtomicReference<>();
            CountDownLatch begun = new CountDownLatch(1);
            threads.submit((slot, it) -> {
                stuck.add(Thread.currentThread());
                worker.set(it);
                begun.countDown();
                await(disk);
            });
            assertTrue(begun.await(10, TimeUnit.SECONDS));
            threads.replace(worker.get());
            threads.replace(worker.get());
        }
        assertEquals(2, threadsThatMeet(2));
        disk.countDown();
        assertEquals(4, threadsThatMeet(4));
        assertTrue(stuck.stream().allMatch(Thread::isAlive), "its end would fire parent-death signals");
    }

    /** How many threads come together, if that many are there. */
    private int threadsThatMeet(int count) throws InterruptedException {
        CountDownLatch all = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            threads.submit((slot, worker) -> {
                all.countDown();
                await(all);
            });
        }
        return all.await(10, TimeUnit.SECONDS) ? count : count - (int) all.getCount();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
