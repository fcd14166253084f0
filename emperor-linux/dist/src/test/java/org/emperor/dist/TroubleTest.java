package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What goes wrong around the emperor: it tells, loses nothing, and goes on. */
@Tag("kernel")
class TroubleTest {
    private static final int MISTAKE = 100;

    private Place place;

    @BeforeEach
    void make() {
        place = new Place();
    }

    @AfterEach
    void clear() {
        place.clear();
    }

    private static void untilTrouble(RunningEmperor emperor, String... parts) {
        emperor.until("it shows " + List.of(parts), () -> emperor.troubles().stream()
                .anyMatch(line -> List.of(parts).stream().allMatch(line::contains)));
        emperor.untilLogged(parts);
    }

    private static void untilNoTrouble(RunningEmperor emperor) {
        emperor.until("no trouble is left", () -> emperor.troubles().isEmpty());
    }

    private static int running(RunningEmperor emperor, String vassal) {
        emperor.drop(vassal, "exec = " + emperor.probe("heed", "stay"));
        emperor.untilRunning(vassal);
        return emperor.pid(vassal);
    }

    private static void assertUndisturbed(RunningEmperor emperor, String vassal, int pid) {
        assertEquals(pid, emperor.pid(vassal));
        assertTrue(Host.isAlive(pid));
        assertEquals(1, emperor.shown(vassal).get("launches").intValue());
    }

    @Test
    void directoryThatIsMovedAwayStopsNobodyAndIsFollowedWhenItIsBack() throws IOException {
        try (RunningEmperor emperor = RunningEmperor.in(place)) {
            int pid = running(emperor, "steady");
            Path away = place.path().resolve("away");
            Files.move(place.vassals(), away);
            untilTrouble(emperor, "cannot look at " + place.vassals(), "its vassals run on");
            assertUndisturbed(emperor, "steady", pid);

            Files.move(away, place.vassals());
            untilNoTrouble(emperor);
            running(emperor, "later");
            assertUndisturbed(emperor, "steady", pid);
            emperor.dismiss("steady", "later");
            emperor.stop();
        }
    }

    @Test
    void directoryThatIsRemovedWithItsFilesStopsNobody() {
        try (RunningEmperor emperor = RunningEmperor.in(place)) {
            int pid = running(emperor, "steady");
            Host.run(List.of("rm", "-r", place.vassals().toString()));
            untilTrouble(emperor, "cannot look at " + place.vassals());
            assertUndisturbed(emperor, "steady", pid);

            Host.run(List.of("mkdir", place.vassals().toString()));
            running(emperor, "later");
            assertUndisturbed(emperor, "steady", pid);
            emperor.stop();
        }
    }

    @Test
    void directoryThatIsMountedOverStopsNobody() {
        try (RunningEmperor emperor = RunningEmperor.launch(place, inOwnMounts("true"))) {
            RunningEmperor.ready(emperor);
            int pid = running(emperor, "steady");
            String inside = "nsenter --mount=/proc/" + emperor.pid() + "/ns/mnt ";
            shell(inside + "mount -t tmpfs over " + place.vassals());
            shell("chmod 750 " + place.vassals()); // a mount makes no note, but this does: look again
            untilTrouble(emperor, place.vassals().toString(), "steady.ini");
            assertUndisturbed(emperor, "steady", pid);

            shell(inside + "umount " + place.vassals());
            shell("chmod 755 " + place.vassals());
            running(emperor, "later");
            untilNoTrouble(emperor);
            assertUndisturbed(emperor, "steady", pid);
            emperor.stop();
        }
    }

    @Test
    void vassalsThatAreNoDirectoryAreToldAndFoundWhenTheyAreOne() throws IOException {
        Path file = Files.createFile(place.path().resolve("file"));
        try (RunningEmperor emperor = RunningEmperor.in(place, "--vassals", file.toString())) {
            untilTrouble(emperor, "cannot look at " + file, "not a directory");
            Files.delete(file);
            Files.move(place.vassals(), file);
            Files.createSymbolicLink(place.vassals(), file);
            running(emperor, "found");
            untilNoTrouble(emperor);
            emperor.stop();
        }
    }

    @Test
    void fullDiskOfTheLogsCostsOutputAndNothingElse() throws IOException {
        Files.createDirectory(place.logs());
        String mount = "mount -t tmpfs -o size=256k full " + place.logs();
        try (RunningEmperor emperor = RunningEmperor.launch(place, inOwnMounts(mount))) {
            RunningEmperor.ready(emperor);
            Path logs = Path.of("/proc/" + emperor.pid() + "/root" + place.logs());
            Files.write(logs.resolve("filler"), new byte[200_000]);
            emperor.drop("talker", "exec = " + emperor.probe("line:300000", "heed", "stay"));
            emperor.untilLogged("cannot write log for vassal talker", "No space left on device");
            emperor.drop("flooder", "exec = " + emperor.probe("flood"), "stop-grace = 1s");
            emperor.untilRunning("talker", "flooder");
            int talker = emperor.pid("talker");

            running(emperor, "other");
            emperor.dismiss("other", "flooder");
            assertTrue(emperor.get("/healthz").isPresent());
            assertUndisturbed(emperor, "talker", talker);
            emperor.until("the loss is counted", () -> dropped(emperor, "talker") > 0);

            Files.delete(logs.resolve("filler"));
            emperor.untilLogged("all logs of vassals are written again", "bytes were dropped");
            emperor.until("the talker can be heard", () -> {
                Host.signal("USR1", talker);
                return read(logs.resolve("talker.log")).contains("heard 10");
            });
            assertTrue(read(logs.resolve("talker.log")).contains("dropped "), "the gap is marked in the log");
            assertUndisturbed(emperor, "talker", talker);
            emperor.stop();
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static double dropped(RunningEmperor emperor, String vassal) {
        return emperor.get("/metrics")
                .orElse("")
                .lines()
                .filter(line -> line.contains("log_dropped_bytes") && line.contains("\"" + vassal + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(0);
    }

    /** The emperor in a mount namespace that the host does not see into. */
    private static List<String> inOwnMounts(String first) {
        List<String> words = new ArrayList<>(List.of(
                "unshare", "--mount", "--propagation", "private", "sh", "-c", first + " && exec \"$0\" \"$@\""));
        words.addAll(RunningEmperor.java());
        return words;
    }

    private static void shell(String command) {
        Host.run(List.of("sh", "-c", command));
    }

    @Test
    void addressThatIsTakenIsToldAndNeverTheEndOfIt() throws IOException {
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        String port = Integer.toString(taken.getLocalPort());
        try (taken;
                RunningEmperor emperor =
                        RunningEmperor.launch(place, RunningEmperor.java(), "--http", "127.0.0.1:" + port)) {
            emperor.untilLogged("WARNING cannot listen for HTTP", port);
            emperor.drop("steady", "exec = " + emperor.probe("heed", "stay"));
            emperor.untilSaid("steady", "heeding");
            taken.close();
            emperor.untilLogged("listening for HTTP address=", port);
            emperor.stop();
        }
    }

    @Test
    void stateDirectoryThatCannotBeMadeIsRefusedWithItsName() {
        refuses("cannot reign over /proc/nowhere", "--state-dir", "/proc/nowhere");
        refuses("cannot make log directory", "--log-dir", "/proc/nowhere");
    }

    private void refuses(String message, String... options) {
        try (RunningEmperor emperor = RunningEmperor.launch(place, RunningEmperor.java(), options)) {
            assertEquals(MISTAKE, emperor.exitCode());
            assertTrue(place.log().stream().anyMatch(line -> line.contains(message)), place::lastLog);
            assertFalse(place.log().stream().anyMatch(line -> line.contains("\tat ")), "no stack trace for a mistake");
        }
        place = new Place();
    }
}
