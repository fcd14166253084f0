package org.emperor.lang;

import java.util.Optional;

/** Finds the file and section that a line such as {@code ini = common.ini:base} names. */
final class Includes {
    private final OtherFiles files;
    private final String usual;

    /** @param usual the section that counts where a line names none */
    Includes(OtherFiles files, String usual) {
        this.files = files;
        this.usual = usual;
    }

    record Found(Document document, String section, FileScope scope) {}

    /** @param argument the line's value, replaced */
    Found find(Given line, String argument) {
        int colon = argument.lastIndexOf(':');
        boolean split = colon > argument.lastIndexOf('/'); // file:// is no section
        String asked = split ? argument.substring(colon + 1) : "";
        String section = asked.isEmpty() ? usual : asked;
        String source = split ? argument.substring(0, colon) : argument;
        String path = source.isEmpty() && split ? line.scope().path() : files.path(source, line, -1);
        if (line.scope().isWithin(files.real(path), asked)) {
            throw Refusal.of(line, -1, "includes itself", "remove it");
        }
        FileScope scope = line.scope().included(path, argument, asked, line.wholeLine());
        Document document =
                format(line.key(), path).read(path, files.content(path, line, -1)).named(scope);
        if (document.problems().isEmpty() && document.header(section).isEmpty()) {
            throw Refusal.of(
                    line, -1, "the file it names has no section of that name", "write file:section, or add the header");
        }
        return new Found(document, section, scope);
    }

    private static Format format(String key, String path) {
        Optional<Format> byKey = Format.named(key);
        return byKey.isPresent() ? byKey.get() : Format.of(path);
    }
}
