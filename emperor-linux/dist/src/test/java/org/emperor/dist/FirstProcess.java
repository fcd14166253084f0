package org.emperor.dist;

/** An emperor that runs as process 1 of its PID namespace. */
interface FirstProcess extends AutoCloseable {

    /** Its process id as seen from here. */
    long pid();

    /** Sends TERM, waits for the end, and tells the exit code that whoever started it sees. */
    int terminate();

    /** What it has printed so far. */
    String output();

    @Override
    void close();
}
