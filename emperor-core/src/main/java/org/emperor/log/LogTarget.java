package org.emperor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.emperor.realm.Moment;
import org.emperor.spec.VassalName;

/** Where the log writer writes; used by its thread only. */
public interface LogTarget {

    /** A file {@code <name>.log} for each vassal in this directory, which must exist. */
    static LogTarget directory(Path directory, Supplier<Moment> clock) {
        return new LogFiles(directory, clock);
    }

    /** One stream for all, such as the emperor's standard error; each line then names its vassal. */
    static LogTarget stream(WritableByteChannel channel, String name) {
        return new LogStream(channel, name);
    }

    /** Whether several vassals' lines go to one place. */
    boolean isShared();

    /** What a message calls the place where this vassal's lines go. */
    String place(VassalName vassal);

    /** Writes the bytes, which are whole lines; after a failure the position tells how many were. */
    void write(VassalName vassal, ByteBuffer lines) throws IOException;

    /** Lets go of what it holds open; writing opens it again. */
    void rest();
}
