package org.emperor.linux.sys;

import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A block of memory the kernel can be given: bounds-checked like any buffer, and at a fixed address. */
public final class Memory {
    private final ByteBuffer bytes;
    private final long address;

    private Memory(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.nativeOrder());
        this.address = MemoryIO.getInstance().getDirectBufferAddress(bytes);
    }

    /** That many zero bytes, at an address that is a multiple of 8. */
    public static Memory of(int length) {
        return new Memory(ByteBuffer.allocateDirect(length));
    }

    public ByteBuffer bytes() {
        return bytes;
    }

    public long address() {
        return address;
    }

    long at(int offset) {
        return address + offset;
    }

    int length() {
        return bytes.capacity();
    }
}
