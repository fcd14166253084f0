package org.emperor.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emperor.jail.IdRange;
import org.emperor.jail.IdRanges;
import org.emperor.lang.IoReason;
import org.emperor.spec.VassalName;

/**
 * The ranges of host ids, recorded before they are used and never given twice: files of a vassal's jail keep its ids on
 * disk. Any thread may ask; new ranges are given by one thread of this file's own.
 */
public final class UidRangeFile implements IdRanges, AutoCloseable {
    private static final String NAME = "uid-ranges";
    private static final Pattern DAMAGED = Pattern.compile(NAME + "\\.damaged-([0-9]{1,9})");

    private final Path file;
    private final DirectoryLock lock;
    private final List<String> reports = new ArrayList<>();
    private final int floor;
    private final ExecutorService giver = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, NAME);
        thread.setDaemon(true);
        return thread;
    });
    private volatile RangeTable table; // only the giver changes it

    /**
     * @param directory what outlives a boot; made if there is none, and this process's alone until {@link #close}
     * @throws StateRefusal if it is another emperor's, or others may write in it, or the file cannot be read
     */
    public static UidRangeFile open(Path directory, int uid) {
        Path real = PrivateDirectory.make(directory, uid);
        DirectoryLock lock = DirectoryLock.take(real);
        try {
            return new UidRangeFile(real.resolve(NAME), lock);
        } catch (IOException | StateRefusal e) {
            lock.close();
            String why = e instanceof IOException io ? IoReason.of(io) : e.getMessage();
            throw new StateRefusal("cannot reign over " + real + ": read " + NAME + ": " + why);
        }
    }

    private UidRangeFile(Path file, DirectoryLock lock) throws IOException {
        this.file = file;
        this.lock = lock;
        RangeTable read = read();
        if (!read.isWhole()) {
            setAside(read);
        }
        this.table = read;
        int losses = losses();
        this.floor = RangeTable.floor(losses)
                .orElseThrow(
                        () -> new StateRefusal("it was damaged " + losses + " times, no part of the pool is left"));
    }

    private RangeTable read() throws IOException {
        try {
            return RangeTable.parse(Files.readString(file, StandardCharsets.ISO_8859_1)); // nothing is beyond ASCII
        } catch (NoSuchFileException e) {
            return RangeTable.parse("");
        }
    }

    /** What cannot be read may have been a grant: new ranges come from a part of the pool never used before. */
    private void setAside(RangeTable damaged) throws IOException {
        Path aside = file.resolveSibling(NAME + ".damaged-" + (losses() + 1));
        Files.copy(file, aside);
        write(damaged.toString());
        reports.add(file + " was damaged in line " + damaged.badLines().get(0)
                + (damaged.badLines().size() > 1 ? " and others" : "") + ": it is now " + aside + ", "
                + damaged.bases().size() + " ranges were kept, and a vassal that lost its own gets a new one");
    }

    private int losses() throws IOException {
        try (Stream<Path> entries = Files.list(file.resolveSibling("."))) {
            return entries.map(entry -> DAMAGED.matcher(entry.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                    .max()
                    .orElse(0);
        }
    }

    /** What the operator should know about the file as it was found. */
    public List<String> reports() {
        return List.copyOf(reports);
    }

    @Override
    public IdRange rangeOf(VassalName name) {
        Optional<IdRange> known = table.rangeOf(name);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            return giver.submit(() -> give(name)).get();
        } catch (ExecutionException e) {
            IOException cause = e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
            throw new UncheckedIOException(
                    "cannot record id range for vassal " + name + ": write " + file + ": " + IoReason.of(cause), cause);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a launch", e);
        }
    }

    private IdRange give(VassalName name) throws IOException {
        Optional<IdRange> given = table.rangeOf(name);
        if (given.isPresent()) {
            return given.get();
        }
        int base = table.next(floor).orElseThrow(() -> new IOException("all ranges are given away"));
        RangeTable more = table.with(name, base);
        write(more.toString());
        table = more;
        return new IdRange(base, RangeTable.LENGTH);
    }

    private void write(String content) throws IOException {
        Path fresh = file.resolveSibling(NAME + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            directory.force(true); // else the rename may be lost with the machine, fsync(2)
        }
    }

    @Override
    public void close() {
        giver.shutdown();
        lock.close();
    }
}
