package org.emperor.linux.sys;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.emperor.linux.plan.Call;

/**
 * Makes processes that become jail-init. The image is a sealed memfd, so that no jail can write to it through
 * {@code /proc/1/exe}; it and the launch slots are low descriptors reserved here, at start, because the child copies only
 * the descriptors up to the highest of them, and its exec closes each. Where the launcher has kept the lowest numbers free
 * of the JVM's own, a launch copies seven; elsewhere some seventy, which takes 30 µs more.
 */
public final class Spawner implements AutoCloseable {
    private static final int SLOTS = 18; // two launch threads and at most 16 that replace stuck ones
    private static final int DUPLICATE_CLOSE_ON_EXEC = 1030; // F_DUPFD_CLOEXEC
    private static final int CLOSE_ON_EXEC = 0x80000;
    /** Set by the launcher, which has then opened {@code /dev/null} as 3 to 6; jail-init's own 3 is its control socket. */
    private static final boolean LOW_NUMBERS = Boolean.getBoolean("emperor.low-descriptors");

    private static final List<Integer> LOW_SLOTS = List.of(4, 5);
    private static final int LOW_IMAGE = 6;

    private final Kernel kernel;
    private final Fd none;
    private final Fd image;
    private final List<Fd> slots = new ArrayList<>();
    private final Deque<Slot> free = new ConcurrentLinkedDeque<>();
    private volatile boolean oldClone;
    private volatile boolean opensMaps;

    /** @param jailInit the executable */
    public Spawner(Kernel kernel, Path jailInit) {
        this.kernel = kernel;
        this.none = new HostFiles(kernel).open("/dev/null", HostFiles.READ_WRITE);
        Fd made = Image.of(kernel, jailInit);
        this.image = LOW_NUMBERS ? moved(made, LOW_IMAGE) : made;
        if (LOW_NUMBERS) {
            LOW_SLOTS.forEach(number -> slots.add(new Fd(kernel, number)));
        }
        int low = slots.size();
        while (slots.size() < SLOTS) {
            slots.add(reserve());
        }
        int highest = Math.max(
                image.number(), slots.stream().mapToInt(Fd::number).max().orElseThrow());
        for (int i = 0; i < SLOTS; i++) {
            free.add(new Slot(slots.get(i), i < low ? LOW_IMAGE : highest));
        }
    }

    private Fd moved(Fd from, int number) {
        long result = kernel.call(Call.DUP3, from.number(), number, CLOSE_ON_EXEC);
        from.close();
        return new Fd(kernel, (int) Kernel.check(result, Call.DUP3, "descriptor " + number));
    }

    /** {@code /dev/null}, open for reading and writing. */
    public Fd none() {
        return none;
    }

    /** Uses clone(2) from now on: clone3 is missing here. */
    public void useOldClone() {
        oldClone = true;
    }

    /** Has every jail with a user namespace write its maps itself from now on: the emperor is not allowed to. */
    public void leaveMapsToJails() {
        opensMaps = true;
    }

    private Fd reserve() {
        long result = kernel.call(Call.FCNTL, none.number(), DUPLICATE_CLOSE_ON_EXEC, 4);
        return new Fd(kernel, (int) Kernel.check(result, Call.FCNTL, "/dev/null"));
    }

    /** A sealed memfd with these bytes, for a plan too large for a message. */
    Fd sealedBytes(byte[] content) {
        return SealedFile.of(kernel, "plan", content, 0);
    }

    /** A launch thread's own slot for as long as it lives; it must be given back. */
    public Slot takeSlot() {
        Slot slot = free.poll();
        if (slot == null) {
            throw new IllegalStateException("no launch slot is free");
        }
        return slot;
    }

    public void giveBack(Slot slot) {
        free.addFirst(slot); // the low ones are the quick ones
    }

    @Override
    public void close() {
        slots.forEach(Fd::close);
        image.close();
        none.close();
    }

    /** One low descriptor and the memory of one clone at a time: used by one launch thread. */
    public final class Slot {
        private static final int REQUEST = 88;
        private static final int STACK = 16384;
        private static final int ARGUMENTS = 512; // three short words: a name, a realm, an incarnation

        private final Fd slot;
        private final int highest;
        private final Memory request = Memory.of(REQUEST);
        private final Memory arguments = Memory.of(ARGUMENTS);
        private final Memory stack = Memory.of(STACK + 16);

        private Slot(Fd slot, int highest) {
            this.slot = slot;
            this.highest = highest;
        }

        /**
         * Clones jail-init.
         *
         * @param namespaces flags of clone(2)
         * @param cgroup the leaf to be born in, or -1
         * @param socket its control socket; the caller closes its own copy
         * @throws SyscallException if there is no process
         */
        public Spawned spawn(long namespaces, int cgroup, Fd socket, List<String> argv) {
            Kernel.check(kernel.call(Call.DUP3, socket.number(), slot.number(), CLOSE_ON_EXEC), Call.DUP3, "slot");
            try {
                return spawn(namespaces, cgroup, argv);
            } finally {
                kernel.call(Call.DUP3, none.number(), slot.number(), CLOSE_ON_EXEC);
            }
        }

        private Spawned spawn(long namespaces, int cgroup, List<String> argv) {
            putArguments(argv);
            long environment = arguments.at(8 * argv.size()); // no more than the null that ends the arguments
            request.bytes().putLong(0, namespaces).putInt(8, cgroup).putInt(12, slot.number());
            request.bytes().putInt(16, highest).putInt(20, image.number()).putInt(24, oldClone ? 1 : 0);
            request.bytes().putInt(28, 0).putLong(32, arguments.address()).putLong(40, environment);
            request.bytes().putLong(48, (stack.address() + 15) & ~15L).putLong(56, STACK);
            request.bytes().putInt(64, opensMaps ? 1 : 0);
            long pid = kernel.spawn(request);
            Kernel.check(pid, oldClone ? Call.CLONE : Call.CLONE3, "");
            return new Spawned((int) pid, request.bytes().getInt(28));
        }

        /** A null-terminated array of addresses, and behind it the null-terminated strings. */
        private void putArguments(List<String> argv) {
            int at = 8 * (argv.size() + 1);
            arguments.bytes().putLong(8 * argv.size(), 0);
            for (int i = 0; i < argv.size(); i++) {
                byte[] utf8 = argv.get(i).getBytes(StandardCharsets.UTF_8);
                arguments.bytes().putLong(8 * i, arguments.at(at));
                arguments.bytes().put(at, utf8).put(at + utf8.length, (byte) 0);
                at += utf8.length + 1;
            }
        }
    }

    /** A new child, and the errno if it could not become jail-init; it is then dead and waits to be reaped. */
    public record Spawned(int pid, int errno) {}
}
