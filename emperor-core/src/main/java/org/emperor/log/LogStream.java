package org.emperor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.emperor.spec.VassalName;

/** All vassals' lines on one stream. */
record LogStream(WritableByteChannel channel, String name) implements LogTarget {
    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public String place(VassalName vassal) {
        return name;
    }

    @Override
    public void write(VassalName vassal, ByteBuffer lines) throws IOException {
        while (lines.hasRemaining()) {
            channel.write(lines);
        }
    }

    @Override
    public void rest() {}
}
