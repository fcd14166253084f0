package org.emperor.lang;

/**
 * A line that counts, as it was written, with what its references mean where it stands.
 *
 * @param written as the format's reader gave it
 * @param scope the file it stands in
 * @param word what {@code %(_)} stands for
 * @param atOnce whether it acts while it is read, so that only what stands above it is known
 */
record Given(Setting written, FileScope scope, Word word, boolean atOnce) {

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

    Given renamed(String key) {
        return with(key, value(), written.position(), written.verbatim());
    }

    Given actingAtOnce() {
        return new Given(written, scope, word, true);
    }

    /** A line that this one leads to: its value is the end of this one's from that index on. */
    Given leadsTo(String key, int index) {
        String value = written.value();
        int from = index;
        while (from < value.length() && value.charAt(from) == ' ') {
            from++;
        }
        return with(key, value.substring(from), written.positionAt(from), written.verbatim());
    }

    /** A line that this one leads to, whose value stands nowhere. */
    Given leadsTo(String key, String value) {
        return with(key, value, written.position(), false);
    }

    private Given with(String key, String value, Position position, boolean verbatim) {
        return new Given(new Setting(key, value, position, verbatim, written.through()), scope, word, false);
    }

    /** The same with its value, which is final. */
    Setting expanded(String value) {
        boolean same = written.verbatim() && value.equals(written.value());
        return new Setting(written.key(), value, written.position(), same, scope.through());
    }
}
