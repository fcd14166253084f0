package org.emperor.linux.plan;

/** What a vassal file says of the files in its jail. */
record FileSystemSettings(Preset preset) {
    /** Of a file that says nothing of them. */
    static final FileSystemSettings NONE = new FileSystemSettings(Preset.NONE);
}
