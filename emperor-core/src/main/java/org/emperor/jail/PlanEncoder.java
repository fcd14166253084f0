package org.emperor.jail;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the steps of a plan into the bytes that jail-init checks and runs; {@code plan.h} is the other side of this
 * layout. Numbers are in the byte order of this machine.
 */
public final class PlanEncoder {
    static final long MAGIC = 0x314e414c50504d45L;
    static final int VERSION = 1;
    private static final int LARGEST = 1 << 20; // PLAN_LARGEST of plan.h
    private static final int HEADER = 48;
    private static final int STEP = 96;
    private static final int DIES_WITH_EMPEROR = 1;
    private static final int FLAG_MAY_FAIL = 1;
    private static final int FLAG_EXEC = 2;

    private final List<Step> steps = new ArrayList<>();
    private final int
            firstOpened; // of the descriptors: those that attach steps open, and behind those the granted ones
    private final int descriptors;
    private int granted;
    private final List<Integer> relocations = new ArrayList<>();
    private final Map<List<String>, Integer> arrays = new HashMap<>();
    private final Map<String, Integer> rooms = new HashMap<>();
    private ByteBuffer data = buffer(4096);

    private PlanEncoder(JailPlan plan) {
        steps.addAll(plan.init());
        steps.addAll(plan.main());
        steps.addAll(plan.atexit());
        firstOpened = Descriptor.values().length - (plan.joinsNetwork() ? 0 : 1);
        descriptors = firstOpened + plan.opened();
    }

    /**
     * The bytes jail-init receives for this plan.
     *
     * @throws PlanRefusal if they are too many
     */
    public static byte[] encode(JailPlan plan) {
        return new PlanEncoder(plan).bytes(plan.diesWithEmperor() ? DIES_WITH_EMPEROR : 0);
    }

    private byte[] bytes(int flags) {
        ByteBuffer encoded = buffer(steps.size() * STEP);
        steps.forEach(step -> put(encoded, step));
        int relocationsAt = HEADER + encoded.position();
        int dataAt = aligned(relocationsAt + 4 * relocations.size());
        int length = dataAt + data.position();
        if (length > LARGEST) {
            throw new PlanRefusal("its plan has " + length + " bytes, and jail-init takes at most " + LARGEST
                    + "; shorten exec or env, or put them into a file");
        }
        byte[] bytes = new byte[length];
        ByteBuffer whole = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        whole.putLong(MAGIC).putInt(VERSION).putInt(length);
        whole.putInt(HEADER).putInt(steps.size()).putInt(relocationsAt).putInt(relocations.size());
        whole.putInt(dataAt)
                .putInt(data.position())
                .putInt(descriptors + granted)
                .putInt(flags);
        whole.put(encoded.flip());
        relocations.forEach(whole::putInt);
        whole.position(dataAt);
        whole.put(data.flip());
        return bytes;
    }

    private void put(ByteBuffer to, Step step) {
        to.putShort((short) step.kind().number());
        to.putShort((short) flags(step));
        to.putInt(step.args().size());
        to.putLong(step.call());
        byte[] kinds = new byte[8];
        long[] values = new long[6];
        for (int i = 0; i < step.args().size(); i++) {
            kinds[i] = kind(step.args().get(i));
            values[i] = value(step.args().get(i));
        }
        to.put(kinds);
        for (long value : values) {
            to.putLong(value);
        }
        for (int i = 0; i < 4; i++) {
            to.putInt(i < step.tolerated().size() ? step.tolerated().get(i) : 0);
        }
        to.putLong(0);
    }

    private static int flags(Step step) {
        return (step.flags().contains(Step.Flag.MAY_FAIL) ? FLAG_MAY_FAIL : 0)
                | (step.flags().contains(Step.Flag.EXEC) ? FLAG_EXEC : 0);
    }

    private static byte kind(Arg arg) {
        if (arg instanceof Arg.Bytes
                || arg instanceof Arg.Strings
                || arg instanceof Arg.Room
                || arg instanceof Arg.Pointing) {
            return 1;
        }
        if (arg instanceof Arg.Result) {
            return 2;
        }
        boolean descriptor = arg instanceof Arg.Received || arg instanceof Arg.Opened || arg instanceof Arg.Granted;
        return (byte) (descriptor ? 3 : 0);
    }

    private long value(Arg arg) {
        if (arg instanceof Arg.Bytes bytes) {
            return append(bytes.content());
        }
        if (arg instanceof Arg.Strings strings) {
            return arrays.computeIfAbsent(strings.content(), this::append); // each try on PATH has the same two
        }
        if (arg instanceof Arg.Room room) {
            return (long) rooms.computeIfAbsent(room.name(), name -> reserve(room.length())) + room.at();
        }
        if (arg instanceof Arg.Pointing pointing) {
            return append(pointing);
        }
        if (arg instanceof Arg.Result result) {
            return result.step();
        }
        if (arg instanceof Arg.Received received) {
            return received.descriptor().number();
        }
        if (arg instanceof Arg.Opened opened) {
            return (long) firstOpened + opened.number();
        }
        if (arg instanceof Arg.Granted further) {
            granted = Math.max(granted, further.index() + 1);
            return (long) descriptors + further.index();
        }
        return ((Arg.Value) arg).value();
    }

    private int append(byte[] content) {
        int at = reserve(Math.max(1, content.length));
        data.put(at, content);
        return at;
    }

    private int append(Arg.Pointing pointing) {
        int at = append(pointing.content());
        int target = append(pointing.target()); // which may move the data
        data.putLong(at + pointing.at(), target);
        relocations.add(at + pointing.at());
        return at;
    }

    private int append(List<String> strings) {
        int array = reserve(8 * (strings.size() + 1));
        for (int i = 0; i < strings.size(); i++) {
            byte[] utf8 = strings.get(i).getBytes(StandardCharsets.UTF_8);
            int at = reserve(utf8.length + 1);
            data.put(at, utf8);
            data.putLong(array + 8 * i, at);
            relocations.add(array + 8 * i);
        }
        return array;
    }

    /** Room for that many zero bytes at a multiple of 8. */
    private int reserve(int length) {
        int at = data.position();
        int end = aligned(at + length);
        if (end > data.capacity()) {
            data = buffer(Math.max(end, 2 * data.capacity())).put(data.flip());
        }
        data.position(end);
        return at;
    }

    private static int aligned(int offset) {
        return (offset + 7) & ~7;
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    }
}
