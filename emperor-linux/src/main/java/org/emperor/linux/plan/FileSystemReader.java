package org.emperor.linux.plan;

import java.util.List;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;

/** Reads the keys of {@link FileSystemOptions}. */
final class FileSystemReader {
    private final List<Problem> problems;
    private Preset preset = Preset.NONE;

    FileSystemReader(List<Problem> problems) {
        this.problems = problems;
    }

    void read(Setting setting) {
        Preset.parse(setting.value())
                .ifPresentOrElse(
                        known -> preset = known,
                        () -> problem(setting, "no such preset", "allowed: " + Preset.ALLOWED));
    }

    FileSystemSettings settings() {
        return new FileSystemSettings(preset);
    }

    private void problem(Setting setting, String rule, String remedy) {
        problems.add(new Problem(setting.position(), setting.key(), rule, remedy));
    }
}
