package org.emperor.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.emperor.http.HttpAddress;
import org.emperor.lang.Setting;
import org.emperor.spec.Endings;
import org.emperor.spec.UwsgiSettings;

/**
 * How the daemon is to run.
 *
 * @param logs the directory of the vassals' logs; empty for the emperor's stderr
 * @param rescan from one look at all vassal files to the next
 * @param defaults settings of vassals whose file has no such key
 */
record RunSettings(
        List<String> sources,
        Path state,
        Path data,
        Optional<Path> logs,
        Optional<HttpAddress> http,
        Duration rescan,
        List<Setting> defaults,
        UwsgiSettings uwsgi,
        System.Logger.Level logLevel) {
    RunSettings {
        sources = List.copyOf(sources);
        defaults = List.copyOf(defaults);
    }

    /** Of the names of vassal files. */
    Endings endings() {
        return Endings.with(uwsgi.extraExtensions());
    }

    Path socket() {
        return state.resolve("emperor.sock");
    }
}
