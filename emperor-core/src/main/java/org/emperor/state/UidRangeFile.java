package org.emperor.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.jspecify.annotations.Nullable;

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
    private final Neighbours neighbours;
    private final RangeClaims claims;
    private final RangePool pool;
    private final Set<Integer> used; // by the giver only
    private @Nullable IdRegisters registers; // as last read; the giver's
    private int taken; // of the pool, or passed over; only the giver counts
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
    public static UidRangeFile open(Path directory, int uid, Neighbours neighbours) {
        Path real = PrivateDirectory.make(directory, uid);
        DirectoryLock lock = DirectoryLock.take(real);
        try {
            return new UidRangeFile(real.resolve(NAME), lock, neighbours);
        } catch (IOException | StateRefusal e) {
            lock.close();
            String why = e instanceof IOException io ? IoReason.of(io) : e.getMessage();
            throw new StateRefusal("cannot reign over " + real + ": read " + NAME + ": " + why);
        }
    }

    private UidRangeFile(Path file, DirectoryLock lock, Neighbours neighbours) throws IOException {
        this.file = file;
        this.lock = lock;
        this.neighbours = neighbours;
        this.claims = new RangeClaims(neighbours.claims());
        RangeTable read = read();
        if (!read.isWhole()) {
            setAside(read);
        }
        this.table = read;
        this.used = new HashSet<>(read.bases().values());
        this.pool = new RangePool(losses(), file.toString().hashCode());
        if (pool.size() == 0) {
            throw new StateRefusal("it was damaged " + pool.losses() + " times, no part of the pool is left");
        }
        reportCollisions();
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
        DurableFile.write(file, damaged.toString());
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
        if (known.isPresent() && claims.has(known.get().base())) {
            return known.get();
        }
        try {
            return giver.submit(() -> claim(name)).get();
        } catch (ExecutionException e) {
            IOException cause = e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
            throw new UncheckedIOException(
                    "cannot give vassal " + name + " a range of ids: " + IoReason.of(cause), cause);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a launch", e);
        }
    }

    private IdRange claim(VassalName name) throws IOException {
        Optional<IdRange> given = table.rangeOf(name);
        if (given.isEmpty()) {
            return give(name);
        }
        int base = given.get().base();
        if (!claims.claim(base)) {
            throw new IOException("another emperor of this host uses its ids " + ids(base)
                    + "; stop that one, or remove " + name + " from " + file + " while this one does not run");
        }
        return given.get();
    }

    /** What is passed over now is not asked for again: an emperor that uses it will hardly end before this one. */
    private IdRange give(VassalName name) throws IOException {
        IdRegisters others = registers();
        for (; taken < pool.size(); taken++) {
            int base = pool.base(taken);
            if (!used.contains(base) && others.holder(base).isEmpty() && claims.claim(base)) {
                record(table.with(name, base));
                used.add(base);
                return new IdRange(base, IdRange.LENGTH);
            }
        }
        throw new IOException("all are given away; remove vassals whose files are gone from " + file
                + " while no emperor runs, and what their ids own");
    }

    /** Kept while the files are the same: a host may have thousands of users. */
    private IdRegisters registers() throws IOException {
        IdRegisters known = registers;
        IdRegisters latest = known == null ? IdRegisters.read(neighbours.registers()) : known.latest();
        registers = latest;
        return latest;
    }

    private void record(RangeTable more) throws IOException {
        try {
            DurableFile.write(file, more.toString());
        } catch (IOException e) {
            throw new IOException("write " + file + ": " + IoReason.of(e), e);
        }
        table = more;
    }

    private static String ids(int base) {
        return base + " to " + (base + IdRange.LENGTH - 1);
    }

    /** Each could change the other's files; the operator must know, and the vassal's own files keep its ids. */
    private void reportCollisions() throws IOException {
        if (table.bases().isEmpty()) {
            return;
        }
        IdRegisters others = registers();
        table.bases().forEach((name, base) -> others.holder(base)
                .ifPresent(holder -> reports.add("ids " + ids(base) + " of vassal " + name + " are also those of "
                        + holder + "; give one of them others")));
    }

    @Override
    public void close() {
        giver.shutdown();
        claims.close();
        lock.close();
    }
}
