package org.emperor.jail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanEncoderTest {
    private static final int HEADER = 48;
    private static final int STEP = 96;
    private static final int ARGUMENT_KINDS = 16;
    private static final int ARGUMENTS = 24;
    private static final int TOLERATED = 72;

    private static Step step(Step.Kind kind, Set<Step.Flag> flags, List<Integer> tolerated, Arg... args) {
        return new Step(Section.INIT, kind, "text", "object", 77, List.of(args), flags, tolerated);
    }

    private static ByteBuffer encoded(Step... steps) {
        JailPlan plan = new JailPlan(
                "test",
                List.of(),
                0,
                "clone()",
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(steps),
                List.of(),
                List.of(),
                true);
        return ByteBuffer.wrap(PlanEncoder.encode(plan)).order(ByteOrder.nativeOrder());
    }

    private static int dataAt(ByteBuffer plan) {
        return plan.getInt(32);
    }

    @Test
    void everyKindHasTheNumberOfTheHeaderFile() {
        List<Integer> numbers = List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        Step.Kind[] kinds = Step.Kind.values();
        assertEquals(numbers.size(), kinds.length);
        for (int i = 0; i < kinds.length; i++) {
            assertEquals(numbers.get(i), (int)
                    encoded(step(kinds[i], Set.of(), List.of())).getShort(HEADER));
        }
    }

    @Test
    void flagsToleratedErrnosAndTheCallAreInTheirPlaces() {
        ByteBuffer plan = encoded(
                step(Step.Kind.CALL, Set.of(Step.Flag.MAY_FAIL), List.of(2, 13), Arg.of(5)),
                step(Step.Kind.CALL, Set.of(Step.Flag.EXEC), List.of()));
        assertEquals(1, plan.getShort(HEADER + 2));
        assertEquals(1, plan.getInt(HEADER + 4));
        assertEquals(77, plan.getLong(HEADER + 8));
        assertEquals(5, plan.getLong(HEADER + ARGUMENTS));
        assertEquals(
                List.of(2, 13, 0, 0),
                List.of(
                        plan.getInt(HEADER + TOLERATED),
                        plan.getInt(HEADER + TOLERATED + 4),
                        plan.getInt(HEADER + TOLERATED + 8),
                        plan.getInt(HEADER + TOLERATED + 12)));
        assertEquals(2, plan.getShort(HEADER + STEP + 2));
        assertEquals(1, plan.getInt(44), "dies with the emperor");
    }

    @Test
    void argumentsOfOneRoomHaveOneAddress() {
        Arg whole = new Arg.Room("stat", 64, 0);
        Arg within = new Arg.Room("stat", 64, 28);
        Arg other = new Arg.Room("other", 64, 0);
        ByteBuffer plan = encoded(step(Step.Kind.CALL, Set.of(), List.of(), whole, other, within));
        long[] at = new long[3];
        for (int i = 0; i < 3; i++) {
            assertEquals(1, plan.get(HEADER + ARGUMENT_KINDS + i), "an offset into the data");
            at[i] = plan.getLong(HEADER + ARGUMENTS + 8 * i);
        }
        assertEquals(at[0] + 28, at[2]);
        assertEquals(64, Math.abs(at[1] - at[0]));
        assertEquals(0, plan.get(dataAt(plan) + (int) at[0]));
    }

    @Test
    void numbersOfStepsAndDescriptorsAreKindsOfTheirOwn() {
        ByteBuffer plan = encoded(
                step(Step.Kind.CALL, Set.of(), List.of()),
                step(Step.Kind.CALL, Set.of(), List.of(), new Arg.Result(0), new Arg.Received(Descriptor.RECORD)));
        assertEquals(2, plan.get(HEADER + STEP + ARGUMENT_KINDS));
        assertEquals(3, plan.get(HEADER + STEP + ARGUMENT_KINDS + 1));
        assertEquals(3, plan.getLong(HEADER + STEP + ARGUMENTS + 8));
    }

    @Test
    void planOfMoreThanAMegabyteIsRefused() {
        Step large = step(Step.Kind.CALL, Set.of(), List.of(), new Arg.Bytes(new byte[1 << 20]));
        assertThrows(PlanRefusal.class, () -> encoded(large));
    }
}
