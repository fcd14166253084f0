package org.emperor.jail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The layout that plan.h describes, where an argument is more than one piece. */
class PlanPointersTest {
    private static final int RELOCATIONS_AT = 24;
    private static final int RELOCATIONS = 28;
    private static final int DATA_AT = 32;
    private static final int STEPS_AT = 16;
    private static final int FIRST_ARGUMENT = 24;

    @Test
    void structurePointsToItsBytesByAnOffsetThatIsRelocated() {
        byte[] content = new byte[16];
        content[0] = 7;
        byte[] target = new byte[40_000]; // more than the data area begins with
        Arrays.fill(target, (byte) 5);
        ByteBuffer plan = encoded(new Arg.Pointing(content, 8, target));

        int data = plan.getInt(DATA_AT);
        int at = (int) plan.getLong(plan.getInt(STEPS_AT) + FIRST_ARGUMENT);
        assertEquals(7, plan.get(data + at));
        assertEquals(1, plan.getInt(RELOCATIONS));
        assertEquals(at + 8, plan.getInt(plan.getInt(RELOCATIONS_AT)));
        int pointed = (int) plan.getLong(data + at + 8);
        byte[] found = new byte[target.length];
        plan.get(data + pointed, found);
        assertArrayEquals(target, found);
    }

    @Test
    void wordOfAPointerLiesWithinItsStructure() {
        assertThrows(IllegalArgumentException.class, () -> new Arg.Pointing(new byte[16], 4, new byte[8]));
        assertThrows(IllegalArgumentException.class, () -> new Arg.Pointing(new byte[16], 16, new byte[8]));
        assertThrows(IllegalArgumentException.class, () -> new Arg.Pointing(new byte[16], -8, new byte[8]));
    }

    private static ByteBuffer encoded(Arg argument) {
        Step step = new Step(
                Section.INIT, Step.Kind.CALL, "x()", "x", 1, List.of(argument), Set.of(Step.Flag.EXEC), List.of());
        JailPlan plan = new JailPlan(
                "linux",
                List.of(),
                0,
                "",
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(step),
                List.of(),
                List.of(),
                true);
        return ByteBuffer.wrap(PlanEncoder.encode(plan)).order(ByteOrder.nativeOrder());
    }
}
