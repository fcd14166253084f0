package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mounts and secrets that a vassal file names one by one, and what refuses them. */
@Tag("kernel")
class OwnFilesTest {
    private static final int EACCES = 13;
    private static final int EROFS = 30;

    private static RunningEmperor emperor;
    private static Path home;
    private static Path data;

    @BeforeAll
    static void start() throws IOException {
        emperor = RunningEmperor.start();
        home = emperor.place().path();
        data = Files.createDirectory(home.resolve("data"));
        Files.writeString(data.resolve("known"), "known");
        Files.writeString(home.resolve("file"), "a file");
        Files.createDirectory(home.resolve("place"));
        Files.createSymbolicLink(home.resolve("link"), Path.of("/etc"));
        Files.createDirectory(
                home.resolve("safe"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(home.resolve("safe/key"), "sesame");
        Files.setPosixFilePermissions(home.resolve("safe/key"), PosixFilePermissions.fromString("rw-------"));
        Host.run(List.of("mkfifo", home.resolve("pipe").toString()));
        Files.write(home.resolve("safe/large"), new byte[1 << 21]);
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    private static void drop(String name, String paths, String... lines) {
        List<String> all = new ArrayList<>(List.of("exec = " + emperor.probe("look:" + paths, "stay")));
        all.addAll(List.of(lines));
        emperor.drop(name, all.toArray(String[]::new));
    }

    private static Report look(String name, String paths, String... lines) {
        drop(name, paths, lines);
        return emperor.report(name);
    }

    private static final String[] NO_LINES = {};

    private static String[] lines(String... lines) {
        List<String> all = new ArrayList<>(List.of("jail-preset = standard", "bind-ro = " + home));
        all.addAll(List.of(lines));
        return all.toArray(NO_LINES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "strict"})
    void bindStaysWritableWhereAllElseIsReadOnlyAndBindRoDoesNot(String preset) {
        Report report = look(
                "binds-" + preset,
                "/run/rw/known,/run/ro/known,/run/ro,/run/one",
                "jail-preset = " + preset,
                "bind-ro = " + home,
                "bind = " + data + ":/run/rw",
                "bind-ro = " + data + ":/run/ro",
                "bind-ro = " + home + "/file:/run/one:file");

        boolean isOwner = !preset.equals("strict"); // a user namespace's root is not the host's
        assertEquals(isOwner ? 0 : EACCES, report.look("/run/rw/known").number("write"));
        assertEquals(isOwner ? EROFS : EACCES, report.look("/run/ro/known").number("write"));
        assertEquals(EROFS, report.look("/run/ro").number("write"));
        assertEquals("known", report.look("/run/ro/known").text("text"));
        assertEquals("a file", report.look("/run/one").text("text"));
        assertTrue(report.flags("/run/rw").containsAll(List.of("rw", "nosuid", "nodev")));
        assertTrue(report.flags("/run/ro").containsAll(List.of("ro", "nosuid", "nodev")));
        emperor.dismiss("binds-" + preset);
        emperor.place().untilMountsAreAsBefore();
    }

    /** An old pitfall: a recursive bind whose remount is not recursive. */
    @Test
    void whatIsMountedInABoundTreeIsReadOnlyToo() {
        Report report = look(
                "deep",
                "/mnt/place/inner,/mnt/place",
                "clone = fs,pid",
                "hook-post-jail = mount:tmpfs none " + home + "/place",
                "hook-post-jail = mount:tmpfs none " + data,
                "bind-ro = " + home + ":/mnt");

        assertEquals(EROFS, report.look("/mnt/place").number("write"));
        assertTrue(report.flags("/mnt/data").contains("ro"));
        emperor.dismiss("deep");
    }

    @Test
    void deviceIsOneOnlyWhenBoundFromDev() {
        Report report = look(
                "device",
                "/dev/mem0,/run/zero",
                lines("bind = /dev/zero:/dev/mem0:file", "bind = /dev/zero:/run/zero:file"));

        assertEquals("1:5", report.look("/dev/mem0").text("device"));
        assertEquals(0, report.look("/dev/mem0").number("read"));
        emperor.dismiss("device");
    }

    @Test
    void tmpfsIsEmptyAndTheProgramsUsers() {
        Report report = look(
                "memory",
                "/srv,/run/deep/er",
                lines("uid = www-data", "tmpfs = /srv:size=1M,mode=0700", "tmpfs = /run/deep/er"));

        assertEquals(33, report.look("/srv").number("uid"));
        assertEquals(0700, report.look("/srv").number("mode"));
        assertEquals(0, report.look("/srv").number("write"));
        assertEquals(0, report.look("/run/deep/er").number("write"));
        assertTrue(report.mounts("/srv").get(0).toString().contains("size=1024k"));
        emperor.dismiss("memory");
    }

    @Test
    void maskedDirectoryAndFileLookEmpty() {
        Report report =
                look("masked", "/etc/hostname,/usr/share,/home", lines("mask = /etc/hostname", "mask = /usr/share"));

        assertEquals(0, report.look("/etc/hostname").number("bytes"));
        assertEquals(List.of(), report.look("/usr/share").list("names"));
        assertEquals(EROFS, report.look("/usr/share").number("write"));
        emperor.dismiss("masked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "strict"})
    void credentialIsForTheProgramsUserOnly(String preset) {
        Report report = look(
                "secret-" + preset,
                "/run/credentials,/run/credentials/key",
                "jail-preset = " + preset,
                "bind-ro = " + home,
                "uid = www-data",
                "credentials = key:" + home + "/safe/key");

        Report directory = report.look("/run/credentials");
        assertEquals(List.of("key"), directory.list("names"));
        assertEquals(0500, directory.number("mode"));
        assertEquals(33, directory.number("uid"));
        assertEquals(EROFS, directory.number("write"));
        Report key = report.look("/run/credentials/key");
        assertEquals("sesame", key.text("text"));
        assertEquals(0400, key.number("mode"));
        assertEquals(33, key.number("uid"));
        assertEquals(33, key.number("gid"));
        assertTrue(report.flags("/run/credentials").containsAll(List.of("ro", "nosuid", "nodev", "noexec")));
        emperor.untilRunning("secret-" + preset);
        assertTrue(Host.text(emperor.pid("secret-" + preset), "environ")
                .contains("CREDENTIALS_DIRECTORY=/run/credentials\0"));
        assertFalse(Files.exists(Path.of("/run/credentials/key")), "nothing of it on the host");
        emperor.dismiss("secret-" + preset);
    }

    @Test
    void credentialsWorkWithoutAnyPreset() {
        Report report = look("alone", "/run/credentials/key,/tmp", "clone = fs", "credentials = " + home + "/safe/key");

        assertEquals("sesame", report.look("/run/credentials/key").text("text"));
        assertEquals(0, report.look("/tmp").number("write"), "nothing else has changed");
        emperor.dismiss("alone");
    }

    @Test
    void sourceThatIsNotThereIsToldByStepObjectAndErrno() {
        drop("no-source", "/", lines("bind = /nowhere:/run/x"));
        emperor.untilFailsIn("no-source", "open /nowhere", "ENOENT");
        drop("no-secret", "/", lines("credentials = /etc/nowhere"));
        emperor.untilFailsIn("no-secret", "open /etc/nowhere", "ENOENT");
        drop("no-mask", "/", lines("mask = /nowhere"));
        emperor.untilFailsIn("no-mask", "open /nowhere", "ENOENT");
    }

    @Test
    void targetOnTheHostIsNotMade() {
        drop("no-target", "/", lines("bind = " + data + ":/srv/made"));
        emperor.untilFailsIn("no-target", "open /srv/made", "ENOENT");
        assertFalse(Files.exists(Path.of("/srv/made")));
    }

    @Test
    void symbolicLinkIsFollowedNeitherToASourceNorToATarget() {
        drop("link-source", "/", lines("bind = " + home + "/link:/run/x"));
        emperor.untilFailsIn("link-source", "open " + home + "/link", "ELOOP");
        drop("link-target", "/", lines("bind = " + data + ":" + home + "/link"));
        emperor.untilFailsIn("link-target", "open " + home + "/link", "ELOOP");
        drop("link-inside", "/", lines("bind = " + data + ":" + home + "/link/ssl"));
        emperor.untilFailsIn("link-inside", "open " + home + "/link/ssl", "ELOOP");
        drop("link-secret", "/", lines("credentials = x:" + home + "/link/shadow"));
        emperor.untilFailsIn("link-secret", "open " + home + "/link/shadow", "ELOOP");
    }

    @Test
    void directoryIsNotMountedOnAFileNorAFileOnADirectory() {
        drop("on-file", "/", lines("bind = " + data + ":" + home + "/file"));
        emperor.untilFailsIn("on-file", "mount " + data + " on " + home + "/file", "EINVAL");
        drop("on-directory", "/", lines("bind = " + home + "/file:/run/x"));
        emperor.untilFailsIn("on-directory", "mount " + home + "/file on /run/x", "EINVAL");
    }

    @Test
    void credentialThatIsTooLargeOrNoFileIsNotHandedOverInPart() {
        drop("large", "/", lines("credentials = " + home + "/safe/large"));
        emperor.untilFailsIn("large", "copy " + home + "/safe/large to credential large", "ENOSPC");
        drop("folder", "/", lines("credentials = " + data));
        emperor.untilFailsIn("folder", "copy " + data + " to credential data", "EINVAL");
        drop("pipe", "/", lines("credentials = " + home + "/pipe"));
        emperor.untilFailsIn("pipe", "copy " + home + "/pipe to credential pipe", "EINVAL");
    }

    @Test
    void credentialNeitherShowsInThePlanNorInTheLog() {
        Report report = look("quiet", "/run/credentials/key", lines("credentials = " + home + "/safe/key"));

        assertEquals("sesame", report.look("/run/credentials/key").text("text"));
        assertFalse(emperor.logged("sesame"));
        emperor.dismiss("quiet");
    }
}
