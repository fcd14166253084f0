package org.emperor.linux.sys;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.kenai.jffi.MemoryIO;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class KernelTest {
    private static final int BLOCK = 64 << 10; // smaller than what malloc(3) maps by itself
    private static final int BLOCKS = 1000;

    @Test
    void memoryThatTheLibraryHoldsIsGivenBack() {
        MemoryIO memory = MemoryIO.getInstance();
        List<Long> blocks = new ArrayList<>();
        for (int i = 0; i < BLOCKS; i++) {
            blocks.add(memory.allocateMemory(BLOCK, true));
        }
        long last = memory.allocateMemory(64, true); // the end of the heap is given back without being asked
        blocks.forEach(memory::freeMemory);

        assertTrue(new Kernel(Path.of("target/native/libemperor.so")).trimMemory());
        memory.freeMemory(last);
    }
}
