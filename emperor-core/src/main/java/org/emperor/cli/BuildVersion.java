package org.emperor.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The version of this build, as the parent POM has it. */
final class BuildVersion {
    private BuildVersion() {}

    static String text() {
        try (InputStream version = BuildVersion.class.getResourceAsStream("version.txt")) {
            byte[] bytes = Objects.requireNonNull(version, "version.txt").readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
