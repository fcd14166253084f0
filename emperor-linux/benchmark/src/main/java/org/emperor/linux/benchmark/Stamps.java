package org.emperor.linux.benchmark;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The FIFO into which {@code stamp.c} tells when it began; its clock is that of {@link System#nanoTime}. */
final class Stamps implements AutoCloseable {
    private static final int LENGTH = 16;

    private final Path fifo;
    private final RandomAccessFile both; // the writing end of ours keeps the reading one from its end of file
    private final BlockingQueue<Stamp> stamps = new LinkedBlockingQueue<>();

    /** @param pid as the program itself sees it, in its PID namespace */
    record Stamp(long nanos, int number, int pid) {}

    Stamps(Path fifo) throws IOException {
        this.fifo = fifo;
        Posix.makeFifo(fifo);
        both = new RandomAccessFile(fifo.toFile(), "rw");
        Thread thread = new Thread(this::read, "stamps " + fifo.getFileName());
        thread.setDaemon(true);
        thread.start();
    }

    Path fifo() {
        return fifo;
    }

    private void read() {
        DataInputStream input = new DataInputStream(Channels.newInputStream(both.getChannel()));
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.nativeOrder());
        try {
            while (true) {
                input.readFully(bytes.array());
                stamps.add(new Stamp(bytes.getLong(0), bytes.getInt(8), bytes.getInt(12)));
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** @throws IllegalStateException if none comes in that time */
    Stamp next(Duration limit) throws InterruptedException {
        Stamp stamp = stamps.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (stamp == null) {
            throw new IllegalStateException("no program told that it began within " + limit.toSeconds() + " s");
        }
        return stamp;
    }

    /** The latest of that many stamps; they may come within this time each. */
    Stamp last(int count, Duration limit) throws InterruptedException {
        Stamp last = next(limit);
        for (int i = 1; i < count; i++) {
            Stamp stamp = next(limit);
            last = stamp.nanos() > last.nanos() ? stamp : last;
        }
        return last;
    }

    @Override
    public void close() throws IOException {
        both.close();
    }
}
