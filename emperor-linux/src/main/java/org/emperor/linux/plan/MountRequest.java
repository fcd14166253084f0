package org.emperor.linux.plan;

/** One mount that a vassal file asks for by name; made in the order of the file. */
sealed interface MountRequest {
    /** Absolute, without {@code .} and {@code ..}. */
    String target();

    /**
     * @param file whether a target that has to be made is a file; of a directory otherwise
     * @param mapped whether what lies there belongs inside a user namespace to whom it belongs on disk
     */
    record Bind(String source, String target, boolean readOnly, boolean file, boolean mapped) implements MountRequest {
        /** Elsewhere a device node is no way to a device. */
        boolean isDevice() {
            return source.startsWith("/dev/");
        }
    }

    /**
     * @param size as tmpfs(5) writes it
     * @param mode of its root directory, octal
     */
    record Tmpfs(String target, String size, String mode) implements MountRequest {}
}
