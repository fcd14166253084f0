package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same lines read by a real uWSGI and by the emperor: equal jails from inside, but for what is documented. */
@Tag("kernel")
@SuppressWarnings("try") // what runs meanwhile is not named again
class SameJailTest {
    private static final Path UWSGI = Path.of("/usr/bin/uwsgi-core");
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final Path DIFFERENCES = Path.of("../../docs/uwsgi-differences.md");

    private static final Difference PROC = new Difference(
            "flags of `/proc` with `namespace`",
            "mount / /proc rw,relatime - proc proc rw",
            "mount / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw");
    private static final Difference FIRST = new Difference("PID 1", "pid 1", "pid 2");
    private static final Difference LONE_GID =
            new Difference("`uid` without `gid`", "gids [0, 0, 0]", "gids [33, 33, 33]");
    private static final Difference LONE_GROUPS = new Difference("`uid` without `gid`", "groups [4343]", "groups [33]");
    private static final Difference ADDED_GROUP = new Difference("`add-gid`", "groups [4242]", "groups [33, 4242]");
    private static final Difference DIRECTORY =
            new Difference("the program's working directory without `chdir`", "cwd /tmp", "cwd /");

    private static RunningEmperor emperor;
    private static Path distro;
    private static Path mountPoint;

    /**
     * What is meant to differ.
     *
     * @param subject its row in the documentation
     */
    private record Difference(String subject, String theirs, String ours) {}

    @BeforeAll
    static void start() throws IOException {
        emperor = RunningEmperor.start();
        distro = Files.createDirectory(emperor.place().path().resolve("distro"));
        mountPoint = Files.createDirectory(emperor.place().path().resolve("ns"));
        for (String name : List.of("proc", "dev", "dev/pts", ".old_root", "nfs", "bin")) {
            Files.createDirectory(distro.resolve(name));
        }
        Probe.into(distro);
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    @Test
    void pivotRootRecipeMakesTheSameJail() throws IOException {
        assertSame(
                "pivoted",
                List.of(),
                "uid = 33",
                "gid = 33",
                "unshare = fs",
                "hook-post-jail = mount:none " + distro + " " + mountPoint + " bind",
                "pivot_root = " + mountPoint + " " + mountPoint + "/.old_root",
                "hook-as-root = mount:proc none /proc nodev hidepid=2",
                "hook-as-root = mount:none /.old_root/dev /dev bind",
                "hook-as-root = mount:none /.old_root/dev/pts /dev/pts bind",
                "hook-as-root = umount:/.old_root rec,detach");
    }

    @Test
    void namespaceWithAKeptMountMakesTheSameJail() throws IOException {
        assertSame(
                "system",
                List.of(PROC, FIRST),
                "uid = 33",
                "gid = 33",
                "namespace = " + distro + ":mybeautifulhostname",
                "namespace-keep-mount = " + emperor.place().vassals() + ":/nfs");
    }

    @Test
    void userAndGroupByNameAreTheSame() throws IOException {
        assertSame("named", List.of(DIRECTORY), "uid = www-data", "gid = www-data", "unshare = ipc,uts");
    }

    @Test
    void userAloneHasItsOwnGroupsHere() throws IOException {
        assertSame("alone", List.of(DIRECTORY, LONE_GID, LONE_GROUPS), "uid = www-data", "unshare = ipc");
    }

    @Test
    void groupThatIsAddedComesBesideTheUsersHere() throws IOException {
        assertSame(
                "added",
                List.of(DIRECTORY, ADDED_GROUP),
                "uid = www-data",
                "gid = www-data",
                "add-gid = 4242",
                "unshare = ipc");
    }

    private static void assertSame(String name, List<Difference> documented, String... lines) throws IOException {
        Set<String> theirs = theirs(name, lines);
        Set<String> ours = ours(name, lines);
        Set<String> onlyTheirs = new TreeSet<>();
        Set<String> onlyOurs = new TreeSet<>();
        for (Difference difference : documented) {
            String row = "\n| " + difference.subject + " |";
            assertTrue(Files.readString(DIFFERENCES).contains(row), "documented: " + difference.subject);
            onlyTheirs.add(difference.theirs);
            onlyOurs.add(difference.ours);
        }
        assertAll(
                () -> assertEquals(onlyTheirs, missing(theirs, ours), "only uWSGI's jail has"),
                () -> assertEquals(onlyOurs, missing(ours, theirs), "only ours has"));
    }

    private static Set<String> missing(Set<String> wanted, Set<String> there) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(there);
        return missing;
    }

    private static Set<String> ours(String name, String... lines) {
        emperor.drop(name, with(lines, "exec = " + program(lines) + " report stay"));
        Report report = emperor.report(name);
        emperor.dismiss(name);
        return facts(report, kind -> Host.link(emperor.pid(), "ns/" + kind));
    }

    /**
     * In namespaces of mounts and processes around it: uWSGI's {@code namespace} would change the host's mounts, and starts
     * a jail that ended again for ever.
     */
    private static Set<String> theirs(String name, String... lines) throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(UWSGI), "needs uwsgi-core");
        Assumptions.assumeTrue(Files.isExecutable(BUSYBOX), "needs busybox-static");
        // What uWSGI runs in its jail, it runs by a shell.
        Files.copy(BUSYBOX, distro.resolve("bin/sh"), StandardCopyOption.REPLACE_EXISTING);
        Path file = emperor.place().path().resolve(name + ".uwsgi.ini");
        Path said = emperor.place().path().resolve(name + ".said");
        String patch = "unprivileged-binary-patch-arg = " + program(lines) + " report";
        Files.writeString(file, "[uwsgi]\n" + String.join("\n", with(lines, patch)) + "\n");
        String script = "cd /tmp; exec >" + said + " 2>&1; " + emperor.probe("report") + "; exec setpriv --groups 4343 "
                + UWSGI + " --ini " + file;
        List<String> words = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork", "--kill-child"));
        words.addAll(List.of("--mount-proc", "sh", "-c", script));
        try (Script uwsgi = Script.begin(words)) {
            Await.until("uWSGI's jail reports", () -> reports(said).size() > 1);
        } catch (AssertionError late) {
            throw new AssertionError(Files.readString(said), late);
        }
        Report outside = reports(said).get(0);
        return facts(reports(said).get(1), kind -> outside.namespaces().get(kind));
    }

    /** Where the probe is in the jail: the two with a root of their own have it in that. */
    private static String program(String... lines) {
        return List.of(lines).toString().contains(distro.toString()) ? "/probe" : emperor.probe();
    }

    private static String[] with(String[] lines, String another) {
        return Stream.concat(Stream.of(lines), Stream.of(another)).toArray(String[]::new);
    }

    private static List<Report> reports(Path said) {
        try {
            List<String> lines = Files.exists(said) ? Files.readAllLines(said, StandardCharsets.ISO_8859_1) : List.of();
            return lines.stream()
                    .filter(line -> line.startsWith("{") && line.endsWith("}"))
                    .map(Report::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is compared, one thing a line; mounts and numbers of processes where the jail has its own. */
    private static Set<String> facts(Report report, UnaryOperator<String> outside) {
        Set<String> facts = new TreeSet<>();
        for (String listed : List.of("uids", "gids", "groups", "uid_map", "gid_map", "root")) {
            facts.add(listed + " " + report.list(listed).stream().sorted().toList());
        }
        facts.add("hostname " + report.text("hostname"));
        facts.add("cwd " + report.text("cwd"));
        report.map("status").forEach((name, value) -> {
            if (name.startsWith("Cap") || name.equals("NoNewPrivs")) {
                facts.add(name + " " + value);
            }
        });
        report.namespaces().forEach((kind, inode) -> {
            if (!inode.equals(outside.apply(kind))) {
                facts.add("own " + kind);
            }
        });
        if (facts.contains("own mnt")) {
            facts.add("mounts " + report.list("mounts").size());
            report.list("mounts").forEach(line -> facts.add(mount(line)));
        }
        if (facts.contains("own pid")) {
            facts.add("pid " + report.number("pid"));
        }
        return facts;
    }

    /** Without the three numbers that every mount has of its own: proc_pid_mountinfo(5). */
    private static String mount(String line) {
        return "mount " + line.split(" ", 4)[3];
    }
}
