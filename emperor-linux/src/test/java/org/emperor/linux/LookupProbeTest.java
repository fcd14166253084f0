package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.emperor.linux.plan.HostNames;
import org.emperor.linux.plan.Resolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookupProbeTest {
    @TempDir
    Path root;

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private HostNames probe() {
        return LookupProbe.probe(root);
    }

    @Test
    void hostWithoutAnyFileAsksNobody() {
        assertEquals(new HostNames("", Resolver.NONE, Resolver.NONE), probe());
    }

    @Test
    void upstreamServersOfSystemdResolvedAreFound() throws IOException {
        write("proc/sys/kernel/hostname", "big\n");
        write("run/systemd/resolve/stub-resolv.conf", "nameserver 127.0.0.53\n");
        write("run/systemd/resolve/resolv.conf", "nameserver 10.0.0.53\nsearch a\n");
        Files.createDirectories(root.resolve("etc"));
        Files.createSymbolicLink(root.resolve("etc/resolv.conf"), Path.of("../run/systemd/resolve/stub-resolv.conf"));

        assertEquals("big", probe().hostname());
        assertEquals(List.of("127.0.0.53"), probe().resolver().servers());
        assertEquals(List.of("10.0.0.53"), probe().upstream().servers());
        assertEquals(List.of("a"), probe().upstream().search());
    }

    @Test
    void thoseOfNetworkManagerAreFoundWhereResolvedHasNone() throws IOException {
        write("run/systemd/resolve/resolv.conf", "# none yet\n");
        write("run/NetworkManager/no-stub-resolv.conf", "nameserver 10.0.0.53\n");
        assertEquals(List.of("10.0.0.53"), probe().upstream().servers());
    }

    @Test
    void directoryInPlaceOfTheFileIsNoFile() throws IOException {
        Files.createDirectories(root.resolve("etc/resolv.conf"));
        assertEquals(Resolver.NONE, probe().resolver());
    }
}
