package org.emperor.lang;

/**
 * A place in a file, for messages: line and column count from 1; a column of 0 means the whole line, a line of 0 the
 * whole file.
 */
public record Position(String file, int line, int column) {

    public static Position of(String file) {
        return new Position(file, 0, 0);
    }

    @Override
    public String toString() {
        if (line == 0) {
            return file;
        }
        return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
