package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The standard jail beside the same jail made by bubblewrap and by crun: no weaker in anything that the kernel shows. */
@Tag("kernel")
class PeersTest {
    private static final List<String> CAPABILITIES = List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb");

    /** File systems of which every writable mount is the jail's own, or holds nothing of the host. */
    private static final Set<String> OWN = Set.of("tmpfs", "devpts", "mqueue", "proc", "devtmpfs");

    private static final int CAP_MKNOD = 27; // capabilities(7)

    private static RunningEmperor emperor;
    private static JailView host;

    @TempDir
    Path temporary;

    @BeforeAll
    static void start() {
        emperor = RunningEmperor.start();
        host = JailView.parse(output(List.of("sh", "-c", JailView.SCRIPT)));
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    @Test
    void standardIsNoWeakerThanBubblewrap() {
        List<String> words = new ArrayList<>(List.of("bwrap", "--unshare-pid", "--unshare-ipc", "--unshare-uts"));
        words.addAll(List.of("--unshare-net", "--unshare-cgroup-try", "--new-session", "--ro-bind", "/", "/"));
        words.addAll(List.of("--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--tmpfs", "/run"));
        words.addAll(List.of("sh", "-c", JailView.SCRIPT));
        assertNoWeaker(ours("beside-bwrap"), JailView.parse(output(words)));
    }

    /** crun's own example of a configuration ("crun spec"), with the host's files as root as ours. */
    @Test
    void standardIsNoWeakerThanCrun() throws IOException {
        Path root = Files.createDirectory(temporary.resolve("root"));
        Host.run(List.of("crun", "spec", "--bundle=" + temporary));
        configure(temporary.resolve("config.json"), root);
        String id = "emperor-test-" + ProcessHandle.current().pid();
        // It refuses to start where a v1 host has a v2 tree too, so that tree is hidden from it.
        String script = "umount -l /sys/fs/cgroup/unified 2>/dev/null; mount --bind / " + root + " && exec crun --root="
                + temporary.resolve("crun") + " --cgroup-manager=disabled run --bundle=" + temporary + " " + id;
        JailView theirs = JailView.parse(output(List.of("unshare", "--mount", "sh", "-c", script)));
        assertNoWeaker(
                ours("beside-crun", "cap-keep = audit_write,kill,net_bind_service", "limit-nofile = 1024"), theirs);
    }

    private static void configure(Path file, Path root) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode configuration = (ObjectNode) mapper.readTree(file.toFile());
        ((ObjectNode) configuration.get("root")).put("path", root.toString()).put("readonly", true);
        ObjectNode process = (ObjectNode) configuration.get("process");
        process.put("terminal", false);
        process.putArray("args").add("/bin/sh").add("-c").add(JailView.SCRIPT);
        ((ObjectNode) configuration.get("linux")).remove("resources");
        ArrayNode mounts = (ArrayNode) configuration.get("mounts");
        for (int i = mounts.size() - 1; i >= 0; i--) {
            if (mounts.get(i).get("destination").textValue().equals("/sys/fs/cgroup")) {
                mounts.remove(i);
            }
        }
        mapper.writeValue(file.toFile(), configuration);
    }

    private static JailView ours(String vassal, String... lines) {
        List<String> all = new ArrayList<>(List.of(lines));
        all.addAll(List.of("jail-preset = standard", "clone = net"));
        all.add("exec = /bin/sh -c '" + JailView.SCRIPT.replace("'", "\\'") + "; sleep 1000'");
        emperor.drop(vassal, all.toArray(String[]::new));
        emperor.until(
                vassal + " has told what it sees",
                () -> emperor.place().output(vassal).contains(JailView.END));
        JailView view = JailView.parse(emperor.place().output(vassal));
        emperor.dismiss(vassal);
        return view;
    }

    private static void assertNoWeaker(JailView ours, JailView theirs) {
        assertTrue(theirs.mounts().size() > 5, "the peer's jail is seen: " + theirs);
        assertAll(
                () -> CAPABILITIES.forEach(set -> assertEquals(
                        0,
                        ours.capabilities(set) & ~theirs.capabilities(set),
                        set + " that they lack: " + ours.status().get(set))),
                () -> assertTrue(ours.number("NoNewPrivs") >= theirs.number("NoNewPrivs"), "no_new_privs"),
                () -> assertTrue(ours.number("Seccomp") >= theirs.number("Seccomp"), "seccomp"),
                () -> assertEquals(Set.of(), missing(own(theirs), own(ours)), "namespaces"),
                () -> assertEquals(Set.of(), looserMounts(ours, theirs), "mounts"),
                () -> assertEquals(Set.of(), writableFiles(ours), "writable mounts of the host's files"),
                () -> assertEquals(Set.of(), looserLimits(ours, theirs), "limits"));
    }

    private static Set<String> own(JailView jail) {
        Set<String> kinds = new TreeSet<>();
        jail.namespaces().forEach((kind, inode) -> {
            if (!inode.equals(host.namespaces().get(kind))) {
                kinds.add(kind);
            }
        });
        return kinds;
    }

    private static Set<String> missing(Set<String> wanted, Set<String> there) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(there);
        return missing;
    }

    /** Where they mount something, what lies there in ours is restricted in each way in which theirs is. */
    private static Set<String> looserMounts(JailView ours, JailView theirs) {
        Set<String> looser = new TreeSet<>();
        theirs.mounts().forEach((place, mount) -> {
            Set<String> restrictions = new TreeSet<>(Set.of("ro", "nosuid", "nodev", "noexec"));
            restrictions.retainAll(mount.options());
            JailView.Mount own = ours.mountOf(place);
            Set<String> missing = missing(restrictions, own.options());
            if (holdsOnlyOurNodes(ours, own)) {
                missing.remove("nodev");
            }
            if (!missing.isEmpty()) {
                looser.add(place + " lacks " + missing);
            }
        });
        return looser;
    }

    /** bwrap binds each node of its /dev; ours are made in it, as crun's are, and nobody inside can make another. */
    private static boolean holdsOnlyOurNodes(JailView jail, JailView.Mount mount) {
        return mount.type().equals("tmpfs") && (jail.capabilities("CapBnd") & 1L << CAP_MKNOD) == 0;
    }

    private static Set<String> writableFiles(JailView jail) {
        Set<String> writable = new TreeSet<>();
        jail.mounts().forEach((place, mount) -> {
            if (mount.isWritable() && !OWN.contains(mount.type())) {
                writable.add(place);
            }
        });
        return writable;
    }

    private static Set<String> looserLimits(JailView ours, JailView theirs) {
        Set<String> looser = new TreeSet<>();
        for (Map.Entry<String, String> limit : theirs.limits().entrySet()) {
            String own = ours.limits().get(limit.getKey());
            if (number(own) > number(limit.getValue())) {
                looser.add(limit.getKey() + " " + own + " > " + limit.getValue());
            }
        }
        return looser;
    }

    private static double number(String limit) {
        return limit.equals("unlimited") ? Double.POSITIVE_INFINITY : Double.parseDouble(limit);
    }

    private static List<String> output(List<String> words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
