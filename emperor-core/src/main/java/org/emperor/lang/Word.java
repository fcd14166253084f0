package org.emperor.lang;

import org.jspecify.annotations.Nullable;

/**
 * What {@code %(_)} stands for where a line stands.
 *
 * @param inBlock whether the line is in a loop or a test at all
 * @param text null if nothing there has given it a value
 * @param foreign whether the text is not the author's own, and is looked through for references
 */
record Word(boolean inBlock, @Nullable String text, boolean foreign) {
    static final Word OUTSIDE = new Word(false, null, false);

    static Word of(String text, boolean foreign) {
        return new Word(true, text, foreign);
    }

    /** In a block that gives it no value of its own. */
    Word inner() {
        return inBlock ? this : new Word(true, null, false);
    }
}
