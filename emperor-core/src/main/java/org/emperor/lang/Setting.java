package org.emperor.lang;

import java.util.List;

/**
 * One {@code key = value}.
 *
 * @param position where the value was written, in whichever file that was
 * @param verbatim whether the value stands there letter by letter; not so after an expansion or an escape
 * @param through the lines that led to that file, such as {@code include = common.ini}, the nearest first; empty for the
 *     vassal file itself
 */
public record Setting(String key, String value, Position position, boolean verbatim, List<Position> through) {
    public Setting {
        through = List.copyOf(through);
    }

    public Setting(String key, String value, Position position) {
        this(key, value, position, true, List.of());
    }

    /** The same value under another key. */
    public Setting renamed(String to) {
        return new Setting(to, value, position, verbatim, through);
    }

    /** Where the character at this index of the value stands, or the value's beginning if it is not as it was written. */
    public Position positionAt(int index) {
        if (position.column() == 0 || !verbatim) {
            return position;
        }
        int characters = value.codePointCount(0, Math.min(index, value.length()));
        return new Position(position.file(), position.line(), position.column() + characters);
    }
}
