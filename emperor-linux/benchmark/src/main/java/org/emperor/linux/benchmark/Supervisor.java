package org.emperor.linux.benchmark;

import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process that keeps a {@code stamp} program up for every file of a directory: the emperor, or {@code raw-reign} to
 * compare it with. Vassals are numbered from 0; each has the file {@code NUMBER.ini}.
 */
final class Supervisor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long STOP_SECONDS = 120;

    private final String name;
    private final List<String> command;
    private final Path vassals;
    private final Path drafts;
    private final Path socket;
    private final Stamps stamps;
    private final String file;
    private @org.jspecify.annotations.Nullable Process process;

    /** @param file the content of a vassal's file, with %d for its number */
    Supervisor(String name, Path place, Stamps stamps, String file, List<String> command) throws IOException {
        this.name = name;
        this.vassals = Files.createDirectories(place.resolve("vassals"));
        this.drafts = Files.createDirectories(place.resolve("drafts"));
        this.socket = place.resolve("state/emperor.sock");
        this.stamps = stamps;
        this.file = file;
        this.command = List.copyOf(command);
    }

    String name() {
        return name;
    }

    /** @return when it was started */
    long start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(drafts.resolveSibling("log").toFile());
        long begin = System.nanoTime();
        process = builder.start();
        return begin;
    }

    long pid() {
        return running().pid();
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return process;
    }

    /** Writes the file elsewhere and renames it into the directory, as careful programs do. */
    long drop(int vassal) throws IOException {
        Path draft = Files.writeString(drafts.resolve(vassal + ".ini"), file.replace("%d", Integer.toString(vassal)));
        long begin = System.nanoTime();
        Files.move(draft, path(vassal), StandardCopyOption.ATOMIC_MOVE);
        return begin;
    }

    long touch(int vassal) throws IOException {
        FileTime now = FileTime.from(Instant.now());
        long begin = System.nanoTime();
        Files.setLastModifiedTime(path(vassal), now);
        return begin;
    }

    void remove(int vassal) throws IOException {
        Files.delete(path(vassal));
    }

    private Path path(int vassal) {
        return vassals.resolve(vassal + ".ini");
    }

    Stamps.Stamp nextStamp() throws InterruptedException {
        return stamps.next(PATIENCE);
    }

    Stamps.Stamp lastStamp(int count) throws InterruptedException {
        return stamps.last(count, PATIENCE);
    }

    /** What {@code /metrics} says, once an emperor can be asked; empty for who is none. */
    Optional<String> metrics() throws IOException, InterruptedException {
        if (!name.startsWith("emperor")) {
            return Optional.empty();
        }
        long latest = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return Optional.of(ask());
            } catch (SocketException notYet) { // its vassals come first
                if (System.nanoTime() > latest) {
                    throw notYet;
                }
                Thread.sleep(20);
            }
        }
    }

    private String ask() throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            String request = "GET /metrics HTTP/1.1\r\nHost: emperor\r\nConnection: close\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The running programs, as this process sees them. */
    List<Long> programs() throws IOException {
        String fifo = stamps.fifo().toString();
        return Procfs.processes(
                arguments -> arguments.size() >= 2 && arguments.get(1).equals(fifo));
    }

    /**
     * Stops it with all its vassals.
     *
     * @return how long that took
     */
    long stop() throws InterruptedException {
        Process stopped = running();
        long begin = System.nanoTime();
        stopped.destroy();
        if (!stopped.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " did not stop within " + STOP_SECONDS + " s");
        }
        process = null;
        return System.nanoTime() - begin;
    }

    /** Ends the process if it still runs; the jails of an emperor that is killed end by themselves. */
    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
