package org.emperor.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.emperor.jail.IdRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdRegistersTest {
    private static final int BASE = IdRange.POOL_FIRST;

    @TempDir
    Path etc;

    private IdRegisters registers;

    @BeforeEach
    void read() throws IOException {
        write("subuid", "alice");
        registers = IdRegisters.read(etc);
    }

    private Path write(String file, String name) throws IOException {
        return Files.writeString(etc.resolve(file), name + ":" + BASE + ":1\n");
    }

    private Optional<String> holder() throws IOException {
        return registers.latest().holder(BASE);
    }

    @Test
    void filesThatAreTheSameAreNotReadAgain() throws IOException {
        assertSame(registers, registers.latest());
    }

    @Test
    void fileThatAppearsIsRead() throws IOException {
        write("subgid", "bob");
        assertNotSame(registers, registers.latest());
        Files.delete(etc.resolve("subuid"));
        assertEquals(Optional.of("bob in " + etc.resolve("subgid")), holder());
    }

    @Test
    void fileThatIsGoneSaysNothing() throws IOException {
        Files.delete(etc.resolve("subuid"));
        assertEquals(Optional.empty(), holder());
    }

    @Test
    void fileThatIsReplacedByOneOfTheSameSizeAndTimeIsRead() throws IOException {
        Path subuid = etc.resolve("subuid");
        FileTime time = Files.getLastModifiedTime(subuid);
        Files.setLastModifiedTime(write("subuid.new", "cindy"), time);
        Files.move(etc.resolve("subuid.new"), subuid, StandardCopyOption.REPLACE_EXISTING);
        assertEquals(Optional.of("cindy in " + subuid), holder());
    }
}
