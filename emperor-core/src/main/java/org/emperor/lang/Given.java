package org.emperor.lang;

import org.jspecify.annotations.Nullable;

/**
 * A line that counts, as it was written, with what its references mean where it stands.
 *
 * @param written as the format's reader gave it
 * @param scope the file it stands in
 * @param context what {@code %(_)} stands for; null outside of loops and tests
 */
record Given(Setting written, FileScope scope, @Nullable String context) {

    String key() {
        return written.key();
    }

    String value() {
        return written.value();
    }

    Position positionAt(int index) {
        return written.positionAt(index);
    }

    Position wholeLine() {
        Position position = written.position();
        return new Position(position.file(), position.line(), 0);
    }

    /** A line that this one leads to: its value is the end of this one's from that index on. */
    Given leadsTo(String key, int index) {
        String value = written.value();
        int from = index;
        while (from < value.length() && value.charAt(from) == ' ') {
            from++;
        }
        return new Given(
                new Setting(
                        key, value.substring(from), written.positionAt(from), written.verbatim(), written.through()),
                scope,
                context);
    }

    Given renamed(String key) {
        return new Given(
                new Setting(key, value(), written.position(), written.verbatim(), written.through()), scope, context);
    }

    /** A line that this one leads to, whose value stands nowhere. */
    Given leadsTo(String key, String value) {
        return new Given(new Setting(key, value, written.position(), false, written.through()), scope, context);
    }

    /** The same with its value, which is final. */
    Setting expanded(String value) {
        boolean same = written.verbatim() && value.equals(written.value());
        return new Setting(written.key(), value, written.position(), same, scope.through());
    }
}
