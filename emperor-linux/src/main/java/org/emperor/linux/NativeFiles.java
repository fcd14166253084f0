package org.emperor.linux;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the two native pieces lie: beside the build output, or in {@code native/} of the installed tree. */
final class NativeFiles {
    private final Path directory;

    private NativeFiles(Path directory) {
        this.directory = directory;
    }

    /** @throws IllegalStateException if they are not there, naming every place looked at */
    static NativeFiles find() {
        List<Path> places = places();
        for (Path place : places) {
            if (Files.isRegularFile(place.resolve("jail-init"))) {
                return new NativeFiles(place);
            }
        }
        throw new IllegalStateException("cannot find jail-init and libemperor.so in " + places
                + "; build them with mvn package, or name their directory with -Demperor.native");
    }

    private static List<Path> places() {
        String named = System.getProperty("emperor.native");
        if (named != null) {
            return List.of(Path.of(named));
        }
        try {
            Path code = Path.of(NativeFiles.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return List.of(
                    code.resolveSibling("native"), code.resolve("../../native").normalize());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    Path library() {
        return directory.resolve("libemperor.so");
    }

    Path jailInit() {
        return directory.resolve("jail-init");
    }
}
