package org.emperor.spec;

import java.io.IOException;

/** Reads what a vassal file names: whole, and not more than a vassal file may have. */
@FunctionalInterface
public interface SideFiles {

    /** @throws IOException if it cannot be read, is no regular file, or is too large */
    byte[] read(String path) throws IOException;
}
