package org.emperor.linux.plan;

import java.util.List;

/**
 * What a vassal file says of the files in its jail, the preset's defaults included.
 *
 * @param kernelMasks whether the usual list of dangerous things in /proc and /sys is masked or read-only
 * @param masks further paths that are to look empty
 */
record FileSystemSettings(
        Preset preset,
        boolean readOnly,
        boolean privateTmp,
        boolean privateRun,
        boolean privateDev,
        boolean hideProc,
        boolean kernelMasks,
        List<String> masks,
        List<MountRequest> mounts,
        List<Credential> credentials) {
    static final String CREDENTIALS_DIRECTORY = "/run/credentials";

    /** Of a file that says nothing of them. */
    static final FileSystemSettings NONE = new FileSystemSettings(
            Preset.NONE, false, false, false, false, false, false, List.of(), List.of(), List.of());

    FileSystemSettings {
        masks = List.copyOf(masks);
        mounts = List.copyOf(mounts);
        credentials = List.copyOf(credentials);
    }

    /** Whether anything is mounted because of them. */
    boolean isAny() {
        boolean switches = readOnly || privateTmp || privateRun || privateDev || hideProc || kernelMasks;
        return switches || !masks.isEmpty() || !mounts.isEmpty() || !credentials.isEmpty();
    }
}
