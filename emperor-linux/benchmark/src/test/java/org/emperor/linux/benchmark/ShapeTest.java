package org.emperor.linux.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.emperor.lang.HostSurroundings;
import org.emperor.linux.LinuxPlatform;
import org.emperor.spec.OptionTable;
import org.emperor.spec.Options;
import org.emperor.spec.SpecReader;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ShapeTest {
    private final LinuxPlatform platform = new LinuxPlatform();
    private final SpecReader reader = new SpecReader(
            new OptionTable(Options.portable(), platform.options(), Map.of()),
            platform.accounts(),
            List.of(),
            new HostSurroundings(() -> {
                throw new IllegalStateException("no file here asks");
            }));

    @ParameterizedTest
    @EnumSource(Shape.class)
    void everyShapeIsAVassalFileThatThisPlatformAccepts(Shape shape) {
        String file = "[vassal]\nexec = /no-op\n" + shape.settings(Path.of("/root-of-the-jail"));
        SpecResult result = reader.read(new VassalName("bench"), "bench.ini", file.getBytes(StandardCharsets.UTF_8));
        assertTrue(result instanceof SpecResult.Accepted, result.toString());
        SpecResult.Accepted accepted = (SpecResult.Accepted) result;
        assertEquals(List.of(), platform.check(accepted.spec(), platform.usualFacts()));
        assertEquals(shape != Shape.NONE, !accepted.spec().jail().isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void shapeHasTheNamespacesItNames(Shape shape) {
        assertEquals(shape != Shape.NONE, shape.has("pid"));
        assertEquals(List.of(Shape.FIVE, Shape.ROOTED, Shape.STANDARD).contains(shape), shape.has("net"));
        assertFalse(shape.has("user"));
    }
}
