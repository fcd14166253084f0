package org.emperor.jail;

/** Who runs the steps of a part of the plan: jail-init itself, or its child that becomes the main program. */
public enum Section {
    INIT,
    MAIN;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
