package org.emperor.lang;

import java.util.Arrays;

/** What the fuzzer calls: any bytes in any format are answered with settings and problems, in bounded time and memory. */
public final class LanguageFuzzer {
    private static final String FORMATS = "iyjxt";

    private LanguageFuzzer() {}

    /** The first byte tells the format, the rest is the file. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        int known = FORMATS.indexOf(data[0]);
        Format format = Format.values()[known < 0 ? (data[0] & 0xff) % FORMATS.length() : known];
        byte[] content = Arrays.copyOfRange(data, 1, data.length);
        Reading reading = Language.read("/srv/vassal." + format, content, "vassal", world());
        for (Problem problem : reading.problems()) {
            if (problem.rule().isEmpty() || hasControl(problem.toString())) {
                throw new IllegalStateException("not a message: " + problem);
            }
        }
        for (Setting setting : reading.settings()) {
            if (setting.key().isEmpty() || setting.value().length() > 2 * IniReader.LARGEST) {
                throw new IllegalStateException("not a setting at " + setting.position());
            }
        }
    }

    private static FakeSurroundings world() {
        return new FakeSurroundings()
                .variable("HOME", "/home/%(a)")
                .variable("LOOP", "$(LOOP)x")
                .file("/srv/name.txt", "line %(a)\n@(name.txt)\n")
                .file("/srv/names.txt", "one\ntwo %(b)\n\nthree\n")
                .file("/srv/b.ini", "[vassal]\nb = %(a)\ninclude = c.yml\n[app1]\nc = 1\n")
                .file("/srv/c.yml", "vassal:\n  if-opt: a\n  d: x%(_)\n  endif:\n  inherit: vassal.ini:app1\n");
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
