package org.emperor.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.emperor.linux.plan.HostNames;
import org.emperor.linux.plan.Resolver;

/** Finds out what this host is called and whom it asks for addresses, which may change while it runs. */
final class LookupProbe {
    private static final int LONGEST = 64 * 1024;

    /** Whom the name servers ask that systemd-resolved and NetworkManager run on loopback. */
    private static final List<String> UPSTREAM =
            List.of("run/systemd/resolve/resolv.conf", "run/NetworkManager/no-stub-resolv.conf");

    private LookupProbe() {}

    static HostNames probe() {
        return probe(Path.of("/"));
    }

    static HostNames probe(Path root) {
        Resolver upstream = Resolver.NONE;
        for (String file : UPSTREAM) {
            if (upstream.servers().isEmpty()) {
                upstream = resolver(root.resolve(file));
            }
        }
        String hostname = text(root.resolve("proc/sys/kernel/hostname")).strip();
        return new HostNames(hostname, resolver(root.resolve("etc/resolv.conf")), upstream);
    }

    private static Resolver resolver(Path file) {
        return Resolver.parse(text(file).lines().toList());
    }

    /** A host without such a file, or with one that cannot be read, asks nobody. */
    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
