package org.emperor.jail;

/**
 * Who runs the steps of a part of the plan: jail-init itself; its child that becomes the main program; or another one, made
 * by that, after the program's end.
 */
public enum Section {
    INIT,
    MAIN,
    ATEXIT;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
