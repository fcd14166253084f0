package org.emperor.monitor;

import java.nio.file.Path;
import java.util.Optional;
import org.emperor.spec.Endings;
import org.emperor.spec.VassalName;

/**
 * A file name that may be a vassal file's. Only a known extension counts, so that the temporary files of editors and
 * package managers ({@code x.ini~}, {@code .x.ini.swp}, {@code #x.ini#}, {@code 4913}, {@code x.ini.dpkg-new},
 * {@code x.ini.rpmsave}, {@code x.ini.ucf-dist}) are none; nor is any name with a leading dot, such as emacs' lock
 * {@code .#x.ini}.
 */
record VassalFileName(String stem, String extension) {

    /** The name, or empty if such a file is to be ignored. */
    static Optional<VassalFileName> of(Path file, Endings endings) {
        Optional<VassalFileName> name = ofAny(file);
        return name.isPresent() && endings.has(name.get().extension()) ? name : Optional.empty();
    }

    /** The name whatever it ends in; empty if it is hidden or has no extension. */
    static Optional<VassalFileName> ofAny(Path file) {
        String name = textOf(file);
        int dot = name.lastIndexOf('.');
        return dot < 0 || name.startsWith(".")
                ? Optional.empty()
                : Optional.of(new VassalFileName(name.substring(0, dot), name.substring(dot + 1)));
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
