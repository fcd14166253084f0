package org.emperor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.emperor.spec.Identity;
import org.emperor.spec.VassalName;
import org.junit.jupiter.api.Test;

class NamespaceMapTest {
    private static final Identity ROOT = new Identity("root", 0, 0, List.of(0), "/root", "/bin/sh");
    private static final Map<Long, SortedMap<String, Long>> PROCESSES = Map.of(
            1L, namespaces(100, 200),
            11L, namespaces(101, 201),
            12L, namespaces(101, 200),
            13L, namespaces(100, 200));

    private static SortedMap<String, Long> namespaces(long net, long pid) {
        return new TreeMap<>(Map.of("net", net, "pid", pid));
    }

    private static NamespaceMap map() {
        return NamespaceMap.of(
                new Standing(1, List.of(vassal("web", 11), vassal("aide", 12), vassal("plain", 13), vassal("down", 0))),
                pid -> PROCESSES.getOrDefault(pid, new TreeMap<>()));
    }

    private static Standing.Vassal vassal(String name, int pid) {
        return new Standing.Vassal(new VassalName(name), pid > 0 ? "running" : "waiting", "", 1, pid, ROOT);
    }

    @Test
    void tableTellsOwnSharedAndTheEmperorsNamespaces() {
        assertEquals("""
                NAME   PID  NET       PID
                web    11   101=aide  201
                aide   12   101=web   -
                plain  13   -         -
                down   -    ?         ?
                """, map().table());
    }

    @Test
    void oneVassalIsShownWithThoseItSharesWith() {
        assertEquals(
                "NAME  PID  NET       PID\nweb   11   101=aide  201\n",
                map().only("web").table());
    }

    @Test
    void jsonNamesAllThatShare() {
        assertEquals(
                "{\"emperor\":{\"net\":100,\"pid\":200},\"vassals\":[{\"name\":\"web\",\"pid\":11,\"namespaces\":{"
                        + "\"net\":{\"number\":101,\"emperor\":false,\"shared\":[\"aide\"]},"
                        + "\"pid\":{\"number\":201,\"emperor\":false,\"shared\":[]}}}]}\n",
                map().only("web").json());
    }

    @Test
    void realmWithoutVassalsSaysSo() {
        assertEquals(
                "no vassals\n",
                NamespaceMap.of(new Standing(1, List.of()), pid -> new TreeMap<>())
                        .table());
    }
}
