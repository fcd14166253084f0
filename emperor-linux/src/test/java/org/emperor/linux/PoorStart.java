package org.emperor.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emperor.realm.IncarnationId;

/** A process of its own that launches one vassal and writes what became of it into a file: STATE RESULT [FILES LEFT]. */
final class PoorStart {
    private PoorStart() {}

    public static void main(String[] arguments) throws IOException {
        String result;
        try (DescriptorLimit limit = new DescriptorLimit();
                JailYard yard = JailYard.open(Path.of(arguments[0]))) {
            if (arguments.length > 2) {
                limit.leave(Integer.parseInt(arguments[2]));
            }
            IncarnationId id = yard.launch(
                    Sample.of("api").shell("echo out; echo err >&2; cat; grep CapAmb /proc/self/status; exit 7"));
            result = yard.end(id).status() + ", written: " + yard.lastWords(id);
            yard.dismantle(id);
        } catch (RuntimeException | Error failure) {
            result = failure.toString();
        }
        Files.writeString(Path.of(arguments[1]), result);
    }
}
