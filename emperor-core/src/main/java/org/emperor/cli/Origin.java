package org.emperor.cli;

import org.emperor.lang.Position;
import org.emperor.lang.Setting;

/** Where a setting was written, for people: its place, and the lines that led to that file, the nearest first. */
final class Origin {
    private Origin() {}

    static String of(Setting setting) {
        StringBuilder origin = new StringBuilder().append(setting.position());
        for (Position line : setting.through()) {
            origin.append(", from ").append(line);
        }
        return Printable.of(origin.toString());
    }
}
