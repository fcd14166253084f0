package org.emperor.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where things lie unless the operator says otherwise. */
record StandardPlaces(Path config, Path vassals, Path state, Path data, Path logs) {

    static StandardPlaces ofThisProcess() {
        return of(isRoot(), System.getenv(), Path.of(System.getProperty("user.home", "/")));
    }

    /** Root has the system's places, anybody else those of the XDG base directory specification. */
    static StandardPlaces of(boolean root, Map<String, String> environment, Path home) {
        if (root) {
            return new StandardPlaces(
                    Path.of("/etc/emperor/emperor.ini"),
                    Path.of("/etc/vassals"),
                    Path.of("/run/emperor"),
                    Path.of("/var/lib/emperor"),
                    Path.of("/var/log/emperor"));
        }
        Path config = xdg(environment, "XDG_CONFIG_HOME", home.resolve(".config"));
        Path logs = xdg(environment, "XDG_STATE_HOME", home.resolve(".local/state"));
        return new StandardPlaces(
                config.resolve("emperor.ini"),
                config.resolve("vassals"),
                // Without a runtime directory, one under the home is still private; /tmp is everybody's.
                xdg(environment, "XDG_RUNTIME_DIR", logs.resolve("run")),
                xdg(environment, "XDG_DATA_HOME", home.resolve(".local/share")),
                logs.resolve("log"));
    }

    private static Path xdg(Map<String, String> environment, String variable, Path otherwise) {
        String value = environment.getOrDefault(variable, "");
        // The specification: paths that are not absolute are to be ignored.
        return (value.startsWith("/") ? Path.of(value) : otherwise).resolve("emperor");
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid && uid == 0;
        } catch (IOException noProc) {
            return System.getProperty("user.name", "").equals("root");
        }
    }
}
