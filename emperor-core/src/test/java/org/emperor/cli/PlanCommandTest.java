package org.emperor.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.emperor.jail.PlanEncoder;
import org.emperor.jail.Seat;
import org.emperor.realm.Specs;
import org.emperor.spec.VassalName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PlanCommandTest {
    private static final Platforms PLATFORMS = new Platforms(
            List.of(new PaperPlatform("here", true, "jail-here"), new PaperPlatform("there", false, "jail-there")));

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("web.ini"), "[vassal]\nexec = /bin/true\n");
    }

    @Test
    void planIsPrintedUnderTheFactsAndSettingsThatMadeIt() throws IOException {
        Files.writeString(directory.resolve("base.ini"), "[vassal]\nenv = TOKEN=hunter2\nnice = 5\n");
        Files.writeString(file, "[vassal]\ndir = /srv\ninclude = base.ini\nexec = /bin/true\nchdir = %(dir)/a\n");
        Ran ran = plan(file.toString(), "--state-dir", "/run/emperor");
        assertEquals("", ran.err());
        assertEquals("""
                # vassal web of F
                # runs as root uid=0 gid=0
                # on here, as this host is
                #   cgroup = v2
                #   kernel = 6.1
                settings
                   env = TOKEN=*  # D/base.ini:2:7, from F:3
                   nice = 5  # D/base.ini:3:8, from F:3
                   exec = /bin/true  # F:4:8
                   chdir = /srv/a  # F:5:9
                   umask = 022  # default
                   init = resident  # default
                   no-initgroups = false  # default
                   stop-signal = TERM  # default
                   stop-grace = 10s  # default
                   reload-on-touch = true  # default
                   loyal-after = 3s  # default
                   start-timeout = 30s  # default
                   on-emperor-death = die  # default
                   restart = always  # default
                   success-codes = 0  # default
                   fatal-codes = none  # default
                   backoff-delay = 250ms  # default
                   backoff-factor = 2  # default
                   backoff-limit = 60s  # default
                   backoff-jitter = 20  # default
                prepare
                   1  mkdir("/run/emperor/vassals/web.1.fifo", 0755)
                clone
                   1  clone(6.1)
                """, ran.out().replace(file.toString(), "F").replace(directory.toString(), "D"));
        assertEquals(ExitCode.FINE, ran.exitCode());
    }

    @Test
    void planIsThatOfOneInstance() throws IOException {
        Path template = Files.writeString(directory.resolve("api@.ini"), "[vassal]\nexec = /bin/api\n");
        assertTrue(plan(template.toString()).out().startsWith("# vassal api@example of " + template));
        assertTrue(plan(template.toString(), "--instance", "b").out().startsWith("# vassal api@b of " + template));
        assertEquals(
                ExitCode.MISTAKE, plan(template.toString(), "--instance", "b c").exitCode());

        Files.writeString(file, "[vassal]\nexec = /bin/true\ninstances = 3\n");
        assertTrue(plan(file.toString()).out().startsWith("# vassal web@1 of "));
        assertTrue(plan(file.toString(), "--instance", "3").out().startsWith("# vassal web@3 of "));
        Ran ran = plan(file.toString(), "--instance", "4");
        assertEquals(ExitCode.MISTAKE, ran.exitCode());
        assertEquals("emperor: " + file + " has no instance 4" + System.lineSeparator(), ran.err());
    }

    @Test
    void planIsExportedAsJailInitReceivesItAndForItsOwnerAlone() throws IOException {
        Path out = directory.resolve("web.plan");
        Ran ran = plan(file.toString(), "--state-dir", "/run/emperor", "--export", out.toString());
        assertEquals(plan(file.toString(), "--state-dir", "/run/emperor").out(), ran.out());
        PaperPlatform here = new PaperPlatform("here", true, "jail-here");
        Seat seat = Seat.preview(new VassalName("web"), Path.of("/run/emperor"));
        byte[] bytes = PlanEncoder.encode(here.plan(Specs.spec("web"), here.probe(), seat));
        assertArrayEquals(bytes, Files.readAllBytes(out));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(out)));
    }

    @Test
    void whatCannotBePlannedHereIsNotExported() throws IOException {
        Path out = directory.resolve("web.plan");
        Ran elsewhere = plan(file.toString(), "--platform", "there", "--export", out.toString());
        assertEquals(ExitCode.USAGE, elsewhere.exitCode());
        assertEquals(
                "emperor: cannot export a plan of there: its filters are made there" + System.lineSeparator(),
                elsewhere.err());
        Files.writeString(file, "[vassal]\nexec = /bin/true\njail-here = hard\n");
        assertEquals(
                ExitCode.HOST_REFUSED,
                plan(file.toString(), "--export", out.toString()).exitCode());
        assertFalse(Files.exists(out));
    }

    @Test
    void exportWritesOverNothing() throws IOException {
        Path out = Files.writeString(directory.resolve("web.plan"), "mine");
        Ran ran = plan(file.toString(), "--export", out.toString());
        assertEquals(ExitCode.MISTAKE, ran.exitCode());
        assertEquals("emperor: cannot write " + out + ": EEXIST (file exists)" + System.lineSeparator(), ran.err());
        assertEquals("mine", Files.readString(out));
        Ran nowhere = plan(file.toString(), "--export", directory + "/no/web.plan");
        assertEquals(ExitCode.MISTAKE, nowhere.exitCode());
        assertEquals(
                "emperor: cannot write " + directory + "/no/web.plan: ENOENT (no such file or directory)"
                        + System.lineSeparator(),
                nowhere.err());
    }

    @Test
    void exportNamesAFile() {
        Ran ran = plan(file.toString(), "--export", "");
        assertEquals(ExitCode.USAGE, ran.exitCode());
        assertEquals("emperor: cannot export to \"\": it names no file" + System.lineSeparator(), ran.err());
    }

    @Test
    void planOfAnotherPlatformIsThatOfAUsualHost() {
        Ran ran = plan(file.toString(), "--platform", "there");
        assertTrue(ran.out().contains("# on there, as a usual host is\n#   kernel = usual\n"), ran.out());
        assertTrue(ran.out().contains("clone(usual)"), ran.out());
    }

    @Test
    void settingOfTheDaemonIsShownWithWhereTheDaemonHasIt() throws IOException {
        Path config = Files.writeString(directory.resolve("emperor.ini"), "[emperor]\nemperor-throttle = 100\n");
        Ran ran = plan(file.toString(), "--config", config.toString());
        assertTrue(ran.out().contains("\n   backoff-delay = 100ms  # " + config + ":2:20\n"), ran.out());
    }

    @Test
    void refusedFileHasItsProblemsAndNoPlan() throws IOException {
        Files.writeString(file, "[vassal]\nexec = /bin/true\njail-there = x\n");
        Ran ran = plan(file.toString());
        assertEquals(ExitCode.MISTAKE, ran.exitCode());
        assertEquals("", ran.out());
        assertTrue(ran.err().contains("jail-there"), ran.err());
        assertEquals(ExitCode.FINE, plan(file.toString(), "--platform", "there").exitCode());
    }

    @Test
    void uwsgiVassalShowsWhatItWouldRunAndThatNothingRunsItYet() throws IOException {
        Path config = Files.writeString(directory.resolve("emperor.ini"), """
                [emperor]
                emperor-wrapper = /opt/wrap
                emperor-wrapper-fallback = uwsgi
                vassals-set = a=b
                vassals-include = /srv/all.ini
                emperor-magic-exec = true
                """);
        Files.writeString(file, "[uwsgi]\nmaster = true\n");
        Ran ran = plan(file.toString(), "--config", config.toString());
        assertEquals(ExitCode.MISTAKE, ran.exitCode());
        assertEquals(
                file + ":1: a uWSGI vassal: not supported yet: the emperor protocol; write a [vassal] section with exec"
                        + System.lineSeparator(),
                ran.err());
        List<String> lines = ran.out().lines().toList();
        assertEquals("chdir(\"" + directory + "\")", lines.get(0));
        String arguments = "\"--set\", \"a=b\", \"--ini\", \"web.ini\", \"--include\", \"/srv/all.ini\"], [";
        assertTrue(lines.get(1).startsWith("execvpe(\"/opt/wrap\", [\"/opt/wrap\", " + arguments), lines.get(1));
        assertTrue(lines.get(2).startsWith("execvpe(\"uwsgi\", [\"uwsgi\", " + arguments), lines.get(2));
        assertTrue(lines.get(2).endsWith("=*, UWSGI_EMPEROR_FD=*])"), lines.get(2));
        assertEquals("exit(26)", lines.get(3));
        assertTrue(file.toFile().setExecutable(true));
        assertTrue(plan(file.toString(), "--config", config.toString()).out().contains("\"exec://web.ini\""));
    }

    @Test
    void fileOfAFurtherEndingIsPlannedAndGivenToUwsgiByConfig() throws IOException {
        Path web = Files.writeString(directory.resolve("web@.vassal"), "[vassal]\nexec = /bin/%(instance)\n");
        assertEquals(ExitCode.MISTAKE, plan(web.toString()).exitCode());
        Ran ran = plan(web.toString(), "--emperor-extra-extension", ".vassal", "--instance", "a");
        assertEquals("", ran.err());
        assertTrue(ran.out().startsWith("# vassal web@a of " + web), ran.out());
        Files.writeString(web, "[uwsgi]\nmaster = true\n");
        assertTrue(plan(web.toString(), "--emperor-extra-extension=.vassal")
                .out()
                .contains("[\"uwsgi\", \"--config\", \"web@.vassal\"]"));
    }

    @Test
    void hostThatCannotBuildItSaysWhy() throws IOException {
        Files.writeString(file, "[vassal]\nexec = /bin/true\njail-here = hard\n");
        Ran ran = Ran.of(
                new CommandLine(new PlanCommand(PLATFORMS)).setExecutionExceptionHandler(Commands::fail),
                file.toString());
        assertEquals(ExitCode.HOST_REFUSED, ran.exitCode());
        assertEquals(
                "emperor: cannot plan the jail of vassal web: this host has no jail-here" + System.lineSeparator(),
                ran.err());
    }

    @Test
    void settingsOfTheDaemonCountWhereTheFileIsSilent() throws IOException {
        Path config = Files.writeString(directory.resolve("emperor.ini"), "[emperor]\nemperor-use-clone = fs\n");
        Ran ran = plan(file.toString(), "--config", config.toString());
        assertEquals(ExitCode.MISTAKE, ran.exitCode(), "this platform has no clone");
        assertTrue(ran.err().contains("clone"), ran.err());
        assertEquals(
                ExitCode.MISTAKE,
                plan(file.toString(), "--emperor-use-clone", "fs").exitCode());
        assertEquals(
                ExitCode.MISTAKE,
                plan(file.toString(), "--config", "/nonexistent").exitCode());
    }

    @Test
    void unknownPlatformIsUsage() {
        Ran ran = plan(file.toString(), "--platform", "plan9");
        assertEquals(ExitCode.USAGE, ran.exitCode());
        assertTrue(ran.err().contains("platforms here: here, there"), ran.err());
    }

    private static Ran plan(String... args) {
        return Ran.of(new CommandLine(new PlanCommand(PLATFORMS)).setExecutionExceptionHandler(Commands::fail), args);
    }
}
