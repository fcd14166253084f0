package org.emperor.linux;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.emperor.jail.Outputs;
import org.emperor.linux.sys.Epoll;
import org.emperor.linux.sys.Fd;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.OutputReader;
import org.emperor.linux.sys.SyscallException;
import org.emperor.linux.sys.WakeUp;
import org.emperor.realm.IncarnationId;

/**
 * The reading ends of the vassals' FIFOs in an epoll of their own. Launch threads add, the loop says which incarnation was
 * reaped, and the log reader's thread does the rest.
 */
final class LinuxOutputs implements Outputs {
    private static final int LAST_WORDS =
            64; // reads of 64 KiB: far more than a FIFO holds, should somebody still write

    private final Epoll epoll;
    private final WakeUp bell;
    private final ThreadLocal<OutputReader> readers;
    private final Map<Integer, Output> byDescriptor = new ConcurrentHashMap<>();
    private final Map<IncarnationId, Output> byIncarnation = new ConcurrentHashMap<>();
    private final Queue<IncarnationId> reaped = new ConcurrentLinkedQueue<>();

    /** Given up, and to be told as ended. */
    private final Queue<IncarnationId> lost = new ConcurrentLinkedQueue<>();

    /** Of reads that were given up and have returned. */
    private final Queue<Fd> abandoned = new ConcurrentLinkedQueue<>();

    private final StuckReads<Output> reads = new StuckReads<>(System::nanoTime);
    private volatile Runnable another = () -> {};

    /** The loop's. */
    private boolean readerIsMissing;

    /** Given up by the reader itself, because it waited for them again and again; the loop says so. */
    private final Queue<IncarnationId> tooSlow = new ConcurrentLinkedQueue<>();

    private record Output(IncarnationId incarnation, Fd fd, Slowness slowness) {
        Output(IncarnationId incarnation, Fd fd) {
            this(incarnation, fd, new Slowness());
        }
    }

    LinuxOutputs(Kernel kernel) {
        epoll = new Epoll(kernel);
        bell = new WakeUp(kernel);
        readers = ThreadLocal.withInitial(() -> new OutputReader(kernel));
        epoll.add(bell.number());
    }

    /** Takes over the descriptor, unless it throws. */
    void add(IncarnationId incarnation, Fd fd) {
        Output output = new Output(incarnation, fd);
        byDescriptor.put(fd.number(), output); // first: the reader may hear of it before epoll_ctl has returned
        byIncarnation.put(incarnation, output);
        try {
            epoll.add(fd.number());
        } catch (SyscallException e) {
            byDescriptor.remove(fd.number());
            byIncarnation.remove(incarnation);
            throw e;
        }
    }

    /** The incarnation's processes are gone: what is in the FIFO now is all there will be. To be told soon. */
    void finish(IncarnationId incarnation) {
        if (byIncarnation.containsKey(incarnation)) {
            reaped.add(incarnation);
        }
    }

    /** Wakes the log reader's thread if any have finished. */
    void tell() {
        if (!reaped.isEmpty()) {
            bell.ring();
        }
    }

    @Override
    public void whenStuck(Runnable start) {
        another = start;
    }

    /**
     * Gives up an output whose read is stuck, and has another thread read the others. To be asked by the loop now and then.
     *
     * @return whose output is not read any more
     */
    Optional<IncarnationId> giveUpStuck() {
        closeAbandoned();
        if (readerIsMissing) {
            startAnother();
        }
        IncarnationId slow = tooSlow.poll();
        if (slow != null) {
            return Optional.of(slow);
        }
        Optional<Output> stuck = reads.takeStuck();
        if (stuck.isPresent()) {
            Output output = stuck.get();
            forget(output);
            epoll.remove(output.fd().number());
            lost.add(output.incarnation());
            startAnother();
        }
        return stuck.map(Output::incarnation);
    }

    private void closeAbandoned() {
        Fd fd;
        while ((fd = abandoned.poll()) != null) {
            fd.close();
        }
    }

    /** Whether to be asked again soon. */
    boolean hasSuspect() {
        return reads.hasSuspect() || readerIsMissing;
    }

    private void startAnother() {
        try {
            another.run();
            readerIsMissing = false;
            bell.ring();
        } catch (OutOfMemoryError noRoomForAThread) {
            readerIsMissing = true;
        }
    }

    /** What there is to read. A thread that was given up meanwhile has no more to do here. */
    private ByteBuffer read(OutputReader reader, Output output) {
        StuckReads.Read<Output> read = reads.begin(output);
        long begin = System.nanoTime();
        ByteBuffer bytes = reader.read(output.fd().number());
        if (!reads.end(read)) {
            abandoned.add(output.fd()); // the loop may still be about to take it out of the epoll set
            throw new IllegalStateException("given up while it read the output of " + output.incarnation());
        }
        output.slowness().add(begin, System.nanoTime());
        return bytes;
    }

    private void giveUp(Output output, Sink sink) {
        forget(output);
        output.fd().close();
        sink.ended(output.incarnation());
        tooSlow.add(output.incarnation());
    }

    @Override
    public void await(Sink sink) {
        OutputReader reader = readers.get();
        List<Output> ready = new ArrayList<>();
        epoll.await(-1, descriptor -> ready(descriptor, ready));
        IncarnationId incarnation;
        while ((incarnation = lost.poll()) != null) {
            sink.ended(incarnation);
        }
        while ((incarnation = reaped.poll()) != null) { // first: the next incarnation writes to the same log
            Output output = byIncarnation.get(incarnation);
            if (output != null) {
                end(reader, output, sink);
                ready.remove(output);
            }
        }
        for (Output output : ready) {
            ByteBuffer bytes = read(reader, output);
            if (bytes.hasRemaining()) {
                sink.bytes(output.incarnation(), bytes);
            }
            if (output.slowness().isTooMuch()) {
                giveUp(output, sink);
            }
        }
    }

    private void ready(int descriptor, List<Output> ready) {
        Output output = byDescriptor.get(descriptor);
        if (output != null) {
            ready.add(output);
        } else if (descriptor == bell.number()) {
            bell.clear();
        }
    }

    private void end(OutputReader reader, Output output, Sink sink) {
        for (int i = 0; i < LAST_WORDS; i++) {
            ByteBuffer bytes = read(reader, output);
            if (!bytes.hasRemaining() || output.slowness().isTooMuch()) {
                break;
            }
            sink.bytes(output.incarnation(), bytes);
        }
        forget(output);
        output.fd().close();
        sink.ended(output.incarnation());
    }

    private void forget(Output output) {
        byIncarnation.remove(output.incarnation());
        byDescriptor.remove(output.fd().number());
    }

    @Override
    public void wake() {
        bell.ring();
    }

    @Override
    public void close() {
        closeAbandoned();
        byIncarnation.values().forEach(output -> output.fd().close());
        epoll.close();
        bell.close();
    }
}
