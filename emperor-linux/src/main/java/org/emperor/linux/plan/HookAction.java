package org.emperor.linux.plan;

/** What a hook does inside the jail; {@code mount:} and {@code umount:} so far. */
sealed interface HookAction {

    /** {@code mount:TYPE SOURCE TARGET [FLAGS[ DATA]]}; the word {@code none} stands for nothing. */
    record Mount(String type, String source, String target, long flags, String data) implements HookAction {}

    /** {@code umount:TARGET [FLAGS]}; recursive only together with detach, which takes the whole tree at once. */
    record Unmount(String target, boolean detach, boolean force) implements HookAction {}
}
