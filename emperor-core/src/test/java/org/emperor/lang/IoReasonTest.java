package org.emperor.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

class IoReasonTest {
    @Test
    void exceptionsThatCarryOnlyThePathSayWhatTheyMean() {
        assertEquals("ENOENT (no such file or directory)", IoReason.of(new NoSuchFileException("/x")));
        assertEquals("EACCES (permission denied)", IoReason.of(new AccessDeniedException("/x")));
        assertEquals("ENOTDIR (not a directory)", IoReason.of(new NotDirectoryException("/x")));
    }

    @Test
    void otherExceptionsSayTheirReasonWithoutThePath() {
        assertEquals("Is a directory", IoReason.of(new FileSystemException("/x", null, "Is a directory")));
        assertEquals("No space left on device", IoReason.of(new IOException("No space left on device")));
        assertEquals("EOFException", IoReason.of(new EOFException()));
    }
}
