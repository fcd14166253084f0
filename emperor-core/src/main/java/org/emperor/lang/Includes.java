package org.emperor.lang;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the file and section that a line such as {@code ini = common.ini:base} names. */
final class Includes {
    private final OtherFiles files;
    private final String usual;
    private final FileScope top;
    private @Nullable String lastIni;

    /**
     * @param usual the section that counts where a line names none
     * @param top the file that all begins with
     */
    Includes(OtherFiles files, String usual, FileScope top) {
        this.files = files;
        this.usual = usual;
        this.top = top;
    }

    record Found(Document document, String section, FileScope scope) {}

    /** @param argument the line's value, replaced */
    Found find(Given line, String argument) {
        int colon = argument.lastIndexOf(':');
        boolean split = colon > argument.lastIndexOf('/'); // file:// is no section
        String asked = split ? argument.substring(colon + 1) : "";
        String section = asked.isEmpty() ? usual : asked;
        String source = split ? argument.substring(0, colon) : argument;
        String path = source.isEmpty() && split ? lastIni() : files.path(source, line, 0);
        if (line.scope().isWithin(files.real(path), asked)) {
            throw Refusal.of(line, 0, Shown.of(argument) + " is being read already", "remove one of the two");
        }
        FileScope scope = line.scope().included(path, argument, asked, line.wholeLine());
        byte[] content = files.content(path, source, line, 0);
        Format format = format(line, path, source);
        lastIni = format == Format.INI ? path : lastIni;
        Document document = format.read(path, content).named(scope);
        if (document.problems().isEmpty() && document.header(section).isEmpty()) {
            String header = "[" + Shown.of(section) + "]";
            throw Refusal.of(
                    line,
                    0,
                    "no " + header + " section in " + Shown.of(source.isEmpty() ? path : source),
                    "begin its settings with " + header);
        }
        return new Found(document, section, scope);
    }

    private String lastIni() {
        return lastIni == null ? top.path() : lastIni;
    }

    private static Format format(Given line, String path, String source) {
        Optional<Format> byKey = Format.named(line.key());
        Optional<Format> format = byKey.isPresent() ? byKey : Format.byExtension(path);
        if (format.isEmpty() && !line.key().equals("config")) {
            throw Refusal.of(
                    line, 0, Shown.of(source) + " is of no known type", "name it .ini, .yml, .json, .xml or .toml");
        }
        return format.orElse(Format.INI);
    }
}
