package org.emperor.lang;

/** One {@code key = value} as it stood in a file; {@code position} is where the value begins. */
public record Setting(String key, String value, Position position) {

    /** Where the character at this index of the value stands, if the value is still as it was written. */
    public Position positionAt(int index) {
        if (position.column() == 0) {
            return position;
        }
        int characters = value.codePointCount(0, Math.min(index, value.length()));
        return new Position(position.file(), position.line(), position.column() + characters);
    }
}
