package org.emperor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emperor.http.HttpAddress;
import org.emperor.spec.Option;
import org.emperor.spec.Support;
import org.emperor.spec.UwsgiSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    @TempDir
    Path directory;

    private StandardPlaces places;

    @BeforeEach
    void places() {
        places = new StandardPlaces(
                directory.resolve("emperor.ini"),
                Path.of("/etc/vassals"),
                Path.of("/run/emperor"),
                Path.of("/var/lib/emperor"),
                Path.of("/var/log/emperor"));
    }

    @Test
    void withoutAnyWordEverythingIsUsual() {
        assertEquals(
                new RunSettings(
                        List.of("/etc/vassals"),
                        Path.of("/run/emperor"),
                        Path.of("/var/lib/emperor"),
                        Optional.of(Path.of("/var/log/emperor")),
                        Optional.of(HttpAddress.USUAL),
                        Duration.ofMinutes(5),
                        List.of(),
                        UwsgiSettings.USUAL,
                        System.Logger.Level.INFO),
                read());
    }

    @Test
    void stateDirectoryTooDeepForASocketIsRefused() {
        String most = "/" + "x".repeat(106 - "//emperor.sock".length());
        assertEquals(Path.of(most), read("--state-dir", most).state());
        CommandFailure failure = failureOf("--state-dir", most + "x");
        assertEquals(ExitCode.USAGE, failure.exitCode());
        assertEquals(
                "emperor: --state-dir: the path of its emperor.sock has 107 bytes, and a socket's has at most 106;"
                        + " choose a shorter one",
                failure.text());
    }

    @Test
    void everyOptionIsHeard() {
        RunSettings settings = read(
                "--vassals",
                "/a",
                "--emperor=glob:///b/*.ini",
                "--state-dir",
                "/s",
                "--data-dir=/d",
                "--log-dir",
                "/l",
                "--http",
                "[::1]:80",
                "--emperor-use-clone",
                "fs,pid",
                "--exec-as-vassal",
                "a",
                "--exec-as-vassal",
                "b",
                "--hook-timeout",
                "3s",
                "--log-level",
                "debug");
        assertEquals(List.of("/a", "glob:///b/*.ini"), settings.sources());
        assertEquals(Path.of("/s/emperor.sock"), settings.socket());
        assertEquals(Path.of("/d"), settings.data());
        assertEquals(Optional.of(Path.of("/l")), settings.logs());
        assertEquals("[::1]:80", settings.http().orElseThrow().toString());
        assertEquals("clone", settings.defaults().get(0).key());
        assertEquals("fs,pid", settings.defaults().get(0).value());
        assertEquals(
                List.of("clone fs,pid", "hook-timeout 3s", "exec-as-vassal a", "exec-as-vassal b"),
                settings.defaults().stream()
                        .map(setting -> setting.key() + " " + setting.value())
                        .toList());
        assertEquals(System.Logger.Level.DEBUG, settings.logLevel());
    }

    @Test
    void givenStateDirectoryHoldsTheDataToo() {
        assertEquals(Path.of("/s/data"), read("--state-dir", "/s").data());
    }

    @Test
    void dashLogsToStandardErrorAndNoneListensNowhere() {
        RunSettings settings = read("--log-dir", "-", "--http", "none");
        assertEquals(Optional.empty(), settings.logs());
        assertEquals(Optional.empty(), settings.http());
    }

    @Test
    void fileHasTheSameKeysAndTheCommandLineWins() throws IOException {
        Files.writeString(places.config(), "[emperor]\nvassals = /x\nemperor = /y\nhttp = none\nstate_dir = /s\n");
        assertEquals(List.of("/x", "/y"), read().sources());
        assertEquals(Path.of("/s"), read().state());
        assertEquals(Optional.empty(), read().http());

        assertEquals(List.of("/z"), read("--vassals", "/z").sources());
        assertTrue(read("--http", "127.0.0.1:1").http().isPresent());
    }

    @Test
    void unknownOptionIsUsageWithWhatWasMeant() {
        CommandFailure failure = assertThrows(CommandFailure.class, () -> read("--vasals", "/x"));
        assertEquals(ExitCode.USAGE, failure.exitCode());
        assertEquals(
                "emperor: unknown option --vasals; did you mean --vassals?; see emperor run --help", failure.text());
        assertEquals(ExitCode.USAGE, failureOf("/etc/vassals").exitCode());
        assertEquals(ExitCode.USAGE, failureOf("--").exitCode());
    }

    @Test
    void optionWithoutValueIsUsage() {
        assertEquals(
                "emperor: --http needs a value; see emperor run --help",
                failureOf("--http").text());
        assertEquals(
                "emperor: --config needs a value; see emperor run --help",
                failureOf("--config").text());
    }

    @Test
    void wrongValueNamesWhereItStands() throws IOException {
        CommandFailure typed = failureOf("--http", "0.0.0.0:80");
        assertEquals(ExitCode.USAGE, typed.exitCode());
        assertTrue(typed.text().startsWith("emperor: --http: \"0.0.0.0:80\" is not a loopback address"), typed.text());

        Path file = Files.writeString(directory.resolve("own.ini"), "[emperor]\n\nlog-level = loud\n");
        CommandFailure written = failureOf("--config", file.toString());
        assertEquals(ExitCode.MISTAKE, written.exitCode());
        assertEquals(
                "emperor: " + file + ":3:13: log-level: \"loud\" is not debug, info, warning or error", written.text());
    }

    @Test
    void everyProblemOfTheFileIsTold() throws IOException {
        Path file = Files.writeString(
                directory.resolve("own.ini"),
                "[emperor]\nhtp = none\nmaster = true\nemperor-tyrant  = true\nemperor-freq = soon\nxyzzy = 1\n");
        CommandFailure failure = failureOf("--config", file.toString());
        assertEquals(ExitCode.MISTAKE, failure.exitCode());
        assertEquals(
                "emperor: " + file + ":2:7: htp: unknown key; did you mean \"http\"?\n" + "emperor: " + file
                        + ":3:10: master: is for uWSGI's own server; run uWSGI itself, from a [uwsgi] section\n"
                        + "emperor: "
                        + file + ":4:19: emperor-tyrant: not supported yet; remove it\n" + "emperor: " + file
                        + ":5:16: emperor-freq: \"soon\" is not a count; write a whole number of at most 18 digits\n"
                        + "emperor: " + file + ":6:9: xyzzy: unknown key; emperor run --help lists the keys",
                failure.text());
        assertEquals(ExitCode.MISTAKE, failureOf("--config", "/nonexistent").exitCode());
        Path empty = Files.writeString(directory.resolve("empty.ini"), "");
        assertEquals(ExitCode.MISTAKE, failureOf("--config", empty.toString()).exitCode());
    }

    @Test
    void fileIsInTheLanguageOfVassalFilesInAnyFormat() throws IOException {
        Files.writeString(directory.resolve("common.ini"), "[emperor]\nhttp = none\nstate-dir = %(base)/state\n");
        Path file = Files.writeString(directory.resolve("own.ini"), """
                [emperor]
                base = /srv/%n
                include = common.ini
                for = a b
                vassals = %(base)/%(_)
                endfor =
                if-file = /nonexistent
                vassals = /nowhere
                endif =
                """);
        RunSettings settings = read("--config", file.toString());
        assertEquals(List.of("/srv/own/a", "/srv/own/b"), settings.sources());
        assertEquals(Path.of("/srv/own/state"), settings.state());
        assertEquals(Optional.empty(), settings.http());

        Path yaml = Files.writeString(directory.resolve("own.yml"), "emperor:\n  vassals: [/x, /y]\n");
        assertEquals(List.of("/x", "/y"), read("--config", yaml.toString()).sources());
    }

    @Test
    void problemsOfIncludedFilesAndReferencesAreToldWithTheirPlaces() throws IOException {
        Path common = Files.writeString(directory.resolve("common.ini"), "[emperor]\n\nhtp = none\n");
        Path file = Files.writeString(
                directory.resolve("own.ini"), "[emperor]\ninclude = common.ini\ndata-dir = %(none)\nxyzzy = 1\n");
        List<String> lines =
                failureOf("--config", file.toString()).text().lines().toList();
        assertEquals(3, lines.size(), lines.toString());
        assertTrue(
                lines.get(0).startsWith("emperor: " + file + ":3:12: data-dir: %(none) is not defined"), lines.get(0));
        assertEquals("emperor: " + file + ":4:9: xyzzy: unknown key; emperor run --help lists the keys", lines.get(1));
        assertEquals("emperor: " + common + ":3:7: htp: unknown key; did you mean \"http\"?", lines.get(2));
        assertEquals(
                "emperor: cannot read settings /nonexistent: does not exist",
                failureOf("--config", "/nonexistent").text());
    }

    @Test
    void whatUwsgiSaysOnceForAllVassalsIsADefaultOfEach() {
        RunSettings settings = read(
                "--emperor-cap=kill",
                "--emperor-throttle=500",
                "--emperor-max-throttle=90000",
                "--emperor-curse-tolerance=7",
                "--emperor-freq=3");
        assertEquals(
                List.of("cap-keep kill", "backoff-delay 500ms", "backoff-limit 90000ms", "stop-grace 7s"),
                settings.defaults().stream()
                        .map(setting -> setting.key() + " " + setting.value())
                        .toList());
        assertEquals(Duration.ofSeconds(3), settings.rescan());
        assertEquals(
                "emperor: --emperor-freq: not 1 to 86400 seconds",
                failureOf("--emperor-freq=0").text());
        assertEquals(
                "emperor: --emperor-throttle: \"fast\" is not a count; write a whole number of at most 18 digits",
                failureOf("--emperor-throttle=fast").text());
        assertEquals(
                "emperor: --emperor-stats: not supported yet; remove it",
                failureOf("--emperor-stats=/run/stats").text());
    }

    @Test
    void furtherEndingsAreHeard() throws IOException {
        assertFalse(read().endings().has("vassal"));
        Files.writeString(places.config(), "[emperor]\nemperor-extra-extension = .vassal\nemperor-extra-ext = .conf\n");
        RunSettings settings = read();
        assertTrue(settings.endings().has("vassal") && settings.endings().has("conf"));
        assertTrue(settings.endings().has("ini"), "beside those of the formats");
        assertEquals(List.of(".vassal", ".conf"), settings.uwsgi().extraExtensions());
        assertFalse(read("--emperor-extra-ext=.app").endings().has("vassal"), "the command line replaces");
    }

    @Test
    void endingThatCannotBeMeantIsRefusedWhereItStands() throws IOException {
        assertEquals(
                "emperor: --emperor-extra-extension: \"vassal\" has no dot; write .vassal",
                failureOf("--emperor-extra-extension", "vassal").text());
        Path file = Files.writeString(
                directory.resolve("own.ini"),
                "[emperor]\nemperor-extra-extension = .vassal\nemperor-extra-extension = .bak\nvassals =\n");
        assertEquals(
                "emperor: " + file + ":3:27: emperor-extra-extension: \".bak\" is the ending of what editors and"
                        + " package managers leave; choose another",
                failureOf("--config", file.toString()).text());
    }

    @Test
    void everythingForUwsgiVassalsIsHeard() {
        UwsgiSettings uwsgi = read(
                        "--binary-path=/opt/uwsgi",
                        "--emperor-wrapper=/w",
                        "--emperor-wrapper-override=/o1",
                        "--emperor-wrapper-override=/o2",
                        "--emperor-wrapper-fallback=/f",
                        "--vassals-inherit-before=ib",
                        "--vassals-include-before=nb",
                        "--vassals-set=a=1",
                        "--vassal-set=b=2",
                        "--vassals-inherit=i",
                        "--vassals-include=n",
                        "--emperor-magic-exec=true")
                .uwsgi();
        assertEquals(
                new UwsgiSettings(
                        "/opt/uwsgi",
                        Optional.of("/w"),
                        List.of("/o1", "/o2"),
                        List.of("/f"),
                        List.of("ib"),
                        List.of("nb"),
                        List.of("a=1", "b=2"),
                        List.of("i"),
                        List.of("n"),
                        true,
                        List.of()),
                uwsgi);
    }

    @Test
    void helpNamesEveryOption() {
        assertTrue(RunArguments.parse(List.of("--vassals", "/x", "--help")).help());
        for (Option option : RunOptions.TABLE.options()) {
            assertEquals(
                    option.support() == Support.WORKS,
                    RunOptions.help().contains("--" + option.key() + " VALUE"),
                    option.key());
        }
    }

    @Test
    void rootHasTheSystemsPlacesAndOthersTheirOwn() {
        Path home = Path.of("/home/ann");
        assertEquals(
                Path.of("/run/emperor"),
                StandardPlaces.of(true, Map.of("XDG_RUNTIME_DIR", "/x"), home).state());
        StandardPlaces own = StandardPlaces.of(false, Map.of("XDG_RUNTIME_DIR", "/run/user/7"), home);
        assertEquals(Path.of("/run/user/7/emperor"), own.state());
        assertEquals(Path.of("/home/ann/.config/emperor/vassals"), own.vassals());
        StandardPlaces bare = StandardPlaces.of(false, Map.of("XDG_RUNTIME_DIR", "relative"), home);
        assertEquals(Path.of("/home/ann/.local/state/emperor/run/emperor"), bare.state());
    }

    private RunSettings read(String... words) {
        return SettingsReader.read(RunArguments.parse(List.of(words)), places);
    }

    private CommandFailure failureOf(String... words) {
        return assertThrows(CommandFailure.class, () -> read(words));
    }
}
