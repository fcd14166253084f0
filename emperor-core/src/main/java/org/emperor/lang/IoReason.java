package org.emperor.lang;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why an input or output call failed, in a few words: Java's file exceptions carry only the path where it seems enough. */
public final class IoReason {
    private IoReason() {}

    public static String of(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "ENOENT (no such file or directory)";
        }
        if (failure instanceof AccessDeniedException) {
            return "EACCES (permission denied)";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "EEXIST (file exists)";
        }
        if (failure instanceof NotDirectoryException) {
            return "ENOTDIR (not a directory)";
        }
        if (failure instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
