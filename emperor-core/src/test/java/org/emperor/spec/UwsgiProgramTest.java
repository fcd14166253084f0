package org.emperor.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments, environment and directory as uWSGI 2.0.21 was seen to give them to its vassals. */
class UwsgiProgramTest {
    private static final UwsgiSettings ALL = new UwsgiSettings(
            "uwsgi-core",
            Optional.empty(),
            List.of(),
            List.of(),
            List.of("/srv/ib1", "/srv/ib2"),
            List.of("/srv/nb"),
            List.of("foo=bar", "x=y=z"),
            List.of("/srv/tpl.yaml"),
            List.of("/srv/n"),
            false,
            List.of(".conf"));

    @ParameterizedTest
    @CsvSource({
        "a.ini, --ini",
        "a.xml, --xml",
        "a.yml, --yaml",
        "a.yaml, --yaml",
        "a.js, --json",
        "a.json, --json",
        "a.conf, --config",
        "a.skel, --inherit",
        "a, --inherit",
        "/srv/apps/b.ini, --ini"
    })
    void endingChoosesTheLoader(String name, String loader) {
        UwsgiSettings settings = new UwsgiSettings(
                "uwsgi",
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                List.of(".conf"));
        assertEquals(List.of(loader, name), of(settings, name, false).arguments());
    }

    @Test
    void whatIsForAllVassalsStandsAroundTheFile() {
        assertEquals(
                List.of(
                        "--inherit",
                        "/srv/ib1",
                        "--inherit",
                        "/srv/ib2",
                        "--include",
                        "/srv/nb",
                        "--set",
                        "foo=bar",
                        "--set",
                        "x=y=z",
                        "--ini",
                        "a.ini",
                        "--inherit",
                        "/srv/tpl.yaml",
                        "--include",
                        "/srv/n"),
                of(ALL, "a.ini", true).arguments());
    }

    @Test
    void executableFileIsExecutedOnlyByMagic() {
        UwsgiSettings magic = new UwsgiSettings(
                "uwsgi",
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                true,
                List.of());
        assertEquals(List.of("--ini", "exec://a.ini"), of(magic, "a.ini", true).arguments());
        assertEquals(List.of("--ini", "a.ini"), of(magic, "a.ini", false).arguments());
        assertEquals(
                List.of("--ini", "a.ini"),
                of(UwsgiSettings.USUAL, "a.ini", true).arguments());
    }

    @Test
    void wrapperStandsForUwsgiAndOthersAreTriedBeforeAndAfter() {
        assertEquals(List.of("uwsgi"), of(UwsgiSettings.USUAL, "a.ini", false).candidates());
        UwsgiSettings wrapped = new UwsgiSettings(
                "/opt/uwsgi",
                Optional.of("/w"),
                List.of("/o1", "o2"),
                List.of("/f"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                List.of());
        assertEquals(
                List.of("/o1", "o2", "/w", "/f"), of(wrapped, "a.ini", false).candidates());
    }

    @Test
    void environmentIsTheEmperorsWithInjectedOptionsAndWithoutItsOwnProtocol() {
        Map<String, String> emperor = Map.of(
                "PATH", "/bin",
                "UWSGI_VASSAL_PROCESSES", "4",
                "UWSGI_PROCESSES", "2",
                "UWSGI_VASSALS_DIR", "/old",
                "UWSGI_RELOADS", "3",
                "NOTIFY_SOCKET", "/run/notify",
                "UWSGI_EMPEROR_FD", "7",
                "UWSGI_EMPEROR_FD_CONFIG", "8");
        assertEquals(
                Map.of(
                        "PATH", "/bin",
                        "UWSGI_PROCESSES", "4",
                        "UWSGI_VASSALS_DIR", "/old",
                        "UWSGI_ORIGINAL_PROC_NAME", "uwsgi"),
                UwsgiProgram.of(UwsgiSettings.USUAL, "a.ini", "/srv", false, emperor)
                        .environment());
    }

    @Test
    void itStartsInTheDirectoryOfTheVassals() {
        assertEquals("/srv/vassals", of(ALL, "a.ini", false).directory());
    }

    private static UwsgiProgram of(UwsgiSettings settings, String name, boolean executable) {
        return UwsgiProgram.of(settings, name, "/srv/vassals", executable, Map.of());
    }
}
