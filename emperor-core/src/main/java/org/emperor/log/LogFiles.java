package org.emperor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.emperor.realm.Moment;
import org.emperor.spec.VassalName;

/** A log file for each vassal, the most recently written ones open. */
final class LogFiles implements LogTarget {
    /** Low enough to leave the limit on descriptors to the vassals' FIFOs. */
    private static final int MOST_OPEN = 256;

    private final Path directory;
    private final Supplier<Moment> clock;
    private final Map<VassalName, LogFile> open = new LinkedHashMap<>(16, 0.75f, true);

    LogFiles(Path directory, Supplier<Moment> clock) {
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public String place(VassalName vassal) {
        return path(vassal).toString();
    }

    private Path path(VassalName vassal) {
        return directory.resolve(vassal + ".log");
    }

    @Override
    public void write(VassalName vassal, ByteBuffer lines) throws IOException {
        try {
            file(vassal).write(lines);
        } catch (IOException e) {
            close(vassal);
            throw e;
        }
    }

    private LogFile file(VassalName vassal) throws IOException {
        LogFile file = open.get(vassal);
        if (file != null && file.isCurrent(clock.get())) {
            return file;
        }
        close(vassal);
        makeRoom();
        LogFile fresh = LogFile.open(path(vassal), clock.get());
        open.put(vassal, fresh);
        return fresh;
    }

    private void close(VassalName vassal) {
        LogFile file = open.remove(vassal);
        if (file != null) {
            file.close();
        }
    }

    private void makeRoom() {
        Iterator<LogFile> oldest = open.values().iterator();
        while (open.size() >= MOST_OPEN && oldest.hasNext()) {
            LogFile file = oldest.next();
            oldest.remove();
            file.close();
        }
    }

    @Override
    public void rest() {
        List.copyOf(open.values()).forEach(LogFile::close);
        open.clear();
    }
}
