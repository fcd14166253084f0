package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.emperor.lang.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserReaderTest {
    private static final String JAILED = "[vassal]\nexec = /a\nclone = user\n";

    private static UserSettings settings(String lines) {
        return JailReader.read(TestHost.spec(JAILED + lines + "\n").jail()).users();
    }

    private static String problems(String file) {
        return JailReader.check(TestHost.spec(file + "\n").jail()).stream()
                .map(Problem::toString)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void fileThatSaysNothingGivesNothing() {
        assertEquals(UserSettings.NONE, settings(""));
        assertEquals(UserSettings.NONE, settings("user-range = auto"));
    }

    @Test
    void groupsAreMappedAsUsersIfNothingElseIsSaid() {
        assertEquals("0 70000 10", settings("uid-map = 0 70000 10").gidMap().text());
        UserSettings both = settings("uid-map = 0 70000 10\nuid-map = 33 90000 1\ngid-map = 5 80000 1");
        assertEquals("0 70000 10\n33 90000 1", both.uidMap().text());
        assertEquals("5 80000 1", both.gidMap().text());
    }

    @Test
    void rangeMapsFromRootUp() {
        assertEquals("0 100000 65536", settings("user-range = 100000").uidMap().text());
        UserSettings short_ = settings("user-range = 100000:1000");
        assertEquals("0 100000 1000", short_.uidMap().text());
        assertEquals("0 100000 1000", short_.gidMap().text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 2", "1 2 3 4", "a b c", "0 -1 5", "0:70000:5", "0 70000 99999999999"})
    void lineHasThreeNumbers(String line) {
        assertEquals(
                "api.ini:4:11: uid-map: needs three numbers; write uid-map = INSIDE OUTSIDE COUNT",
                problems(JAILED + "uid-map = " + line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 70000 0", "4294967295 70000 1", "4294967294 70000 2", "0 4294967290 10"})
    void lineMapsIdsThatThereCanBe(String line) {
        assertEquals(
                "api.ini:4:11: uid-map: maps no ids, or ids that cannot be; the highest id is 4294967294",
                problems(JAILED + "uid-map = " + line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"some", "1:2:3", "1:", ":5", "-1", "1 2"})
    void rangeIsOneOrTwoNumbers(String range) {
        assertEquals(
                "api.ini:4:14: user-range: is no range of ids; write auto, FIRST or FIRST:COUNT",
                problems(JAILED + "user-range = " + range));
    }

    @Test
    void noIdIsMappedTwice() {
        assertEquals(
                "api.ini:5:11: uid-map: maps inside ids that line 4 maps too; map each once\n"
                        + "api.ini:6:11: uid-map: maps to ids that line 4 maps to too; map each once",
                problems(JAILED
                        + "uid-map = 0 70000 10\nuid-map = 9 80000 1\nuid-map = 10 70009 1\nuid-map = 10 70010 1"));
    }

    @Test
    void mapHasAsManyLinesAndBytesAsTheKernelTakes() {
        assertEquals("", problems(JAILED + lines(UserReader.MOST_LINES, 1)));
        assertEquals(
                "api.ini:344:11: uid-map: is one line too many: a map has at most 340; join lines that adjoin",
                problems(JAILED + lines(UserReader.MOST_LINES + 3, 1)));
        assertEquals(
                "api.ini:174:11: uid-map: makes the map longer than the 4095 bytes it may have; join lines",
                problems(JAILED + lines(200, 1_000_000_000)));
    }

    private static String lines(int count, int first) {
        return IntStream.range(0, count)
                .mapToObj(i -> "uid-map = " + (first + i) + " " + (first + 70_000 + i) + " 1")
                .collect(Collectors.joining("\n"));
    }

    @Test
    void mapsNeedANamespaceAndOneWayOfSayingThem() {
        assertEquals(
                "api.ini:3:11: uid-map: counts only in a user namespace; add user to clone\n"
                        + "api.ini:4:18: map-host-users: counts only in a user namespace; add user to clone",
                problems("[vassal]\nexec = /a\nuid-map = 0 70000 1\nmap-host-users = true"));
        assertEquals(
                "api.ini:5:11: uid-map: says again what user-range says; write one of them",
                problems(JAILED + "user-range = 70000\nuid-map = 70000 700000 1"));
        assertEquals(
                "api.ini:4:11: gid-map: counts only beside uid-map; write uid-map too",
                problems(JAILED + "gid-map = 0 70000 1"));
    }

    @Test
    void rootThatIsMappedIsOneOfItsOwn() {
        String rule =
                "root-idmap: needs a root directory of its own; add fs to clone, and namespace, pivot-root or chroot";
        assertEquals("api.ini:4:14: " + rule, problems(JAILED + "root-idmap = true"));
        assertEquals("api.ini:4:14: " + rule, problems(JAILED + "root-idmap = true\nchroot = /srv/web"), "without fs");
        assertEquals("api.ini:4:14: " + rule, problems(JAILED + "root-idmap = true\nnamespace = /"));
        assertEquals("", problems(JAILED + "root-idmap = true\nnamespace = /srv/web"));
        assertEquals("", problems(JAILED + "root-idmap = false"));
    }

    @Test
    void mountOverTheMappedRootIsRefusedBecauseItWouldUndoIt() {
        String file = "[vassal]\nexec = /a\nclone = user,fs\npivot-root = /ns/ /ns/.old\nroot-idmap = true\n";
        assertEquals(
                "api.ini:5:14: root-idmap: mounts /ns/ itself, over which a hook mounts too; remove that hook",
                problems(file + "hook-post-jail = mount:none /srv /ns bind"));
        assertFalse(problems(file + "mount-asap = none /srv /ns bind").isEmpty());
        assertEquals("", problems(file + "hook-post-jail = mount:none /srv /ns/srv bind"));
    }

    @Test
    void linesKeepTheirPlaces() {
        List<UserSettings.Given> given =
                settings("uid-map = 0 70000 1\n\nuid-map = 1 70001 1").uids();
        assertEquals(
                List.of(4, 6),
                given.stream().map(each -> each.position().line()).toList());
    }
}
