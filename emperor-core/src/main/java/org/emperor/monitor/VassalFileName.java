package org.emperor.monitor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.emperor.spec.VassalName;

/**
 * A file name that means a vassal file. Only a known extension counts, so that the temporary files of editors and package
 * managers ({@code x.ini~}, {@code .x.ini.swp}, {@code #x.ini#}, {@code 4913}, {@code x.ini.dpkg-new},
 * {@code x.ini.rpmsave}, {@code x.ini.ucf-dist}) are none; nor is any name with a leading dot, such as emacs' lock
 * {@code .#x.ini}.
 */
record VassalFileName(String stem, String extension) {
    private static final List<String> EXTENSIONS = List.of("ini", "js", "json", "toml", "xml", "yaml", "yml");

    /** The name, or empty if such a file is to be ignored. */
    static Optional<VassalFileName> parse(String fileName) {
        int dot = fileName.lastIndexOf('.');
        if (dot < 0 || fileName.startsWith(".") || !EXTENSIONS.contains(fileName.substring(dot + 1))) {
            return Optional.empty();
        }
        return Optional.of(new VassalFileName(fileName.substring(0, dot), fileName.substring(dot + 1)));
    }

    static Optional<VassalFileName> of(Path file) {
        return parse(textOf(file));
    }

    static String textOf(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    Optional<VassalName> vassal() {
        return VassalName.parse(stem);
    }

    /** Whether it only serves instances: a vassal of its own it is not. */
    boolean isTemplate() {
        return vassal().filter(VassalName::isTemplate).isPresent();
    }
}
