package org.emperor.log;

/**
 * What became of one vassal's output since the emperor started, or since the vassal came back after it was gone.
 *
 * @param written bytes of the vassal that are in its log
 * @param dropped bytes of the vassal that are not, because the log could not be written as fast, or at all
 * @param errors failed attempts to write the log
 */
public record LogCounts(long written, long dropped, long errors) {}
