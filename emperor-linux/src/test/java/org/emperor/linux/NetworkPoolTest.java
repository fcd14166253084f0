package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emperor.linux.sys.Fd;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.NetworkMaker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(30)
class NetworkPoolTest {
    private static final Path OWN = Path.of("/proc/thread-self/ns/net");

    private final Kernel kernel = new Kernel(NativeFiles.find().library());

    private static String namespace(Fd fd) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd.number())).toString();
    }

    @Test
    void makerIsBackInItsOwnNamespaceAfterEach() throws IOException {
        String home = Files.readSymbolicLink(OWN).toString();
        try (NetworkMaker maker = new NetworkMaker(kernel);
                Fd first = maker.make();
                Fd second = maker.make()) {
            assertEquals(home, Files.readSymbolicLink(OWN).toString());
            assertNotEquals(home, namespace(first));
            assertNotEquals(namespace(first), namespace(second));
        }
    }

    @Test
    void eachIsGivenOnce() throws IOException {
        Set<String> seen = new HashSet<>();
        List<Fd> held = new ArrayList<>();
        try (NetworkPool pool = new NetworkPool(kernel)) {
            assertEquals(Optional.empty(), pool.take(), "nothing is made before somebody asks");
            for (int i = 0; i < 20; i++) {
                Fd network = await(pool); // held, because a number may come again once its namespace is gone
                held.add(network);
                assertTrue(seen.add(namespace(network)));
            }
        } finally {
            held.forEach(Fd::close);
        }
    }

    @Test
    void makerThatLackedSomethingIsAskedAgain() {
        try (DescriptorLimit limit = new DescriptorLimit();
                NetworkPool pool = new NetworkPool(kernel, Duration.ofMillis(1))) {
            limit.leave(0);
            pool.take();
            while (isMaking()) {
                Thread.onSpinWait();
            }
            limit.lift();
            await(pool).close();
        }
    }

    private static boolean isMaking() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("network-maker"));
    }

    @Test
    void spareOnesAreClosedWithThePool() throws Exception {
        NetworkPool pool = new NetworkPool(kernel);
        pool.take();
        await(pool).close();
        pool.close();
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("network-maker"))
                .forEach(NetworkPoolTest::join);
        assertFalse(openNamespaces().stream().anyMatch(name -> !name.equals(home())), () -> openNamespaces() + "");
    }

    private static Fd await(NetworkPool pool) {
        Optional<Fd> taken = pool.take();
        while (taken.isEmpty()) {
            Thread.onSpinWait();
            taken = pool.take();
        }
        return taken.get();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String home() {
        try {
            return Files.readSymbolicLink(OWN).toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> openNamespaces() {
        Set<String> names = new HashSet<>();
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                String target = Files.exists(descriptor, java.nio.file.LinkOption.NOFOLLOW_LINKS)
                        ? Files.readSymbolicLink(descriptor).toString()
                        : "";
                if (target.startsWith("net:")) {
                    names.add(target);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return names;
    }
}
