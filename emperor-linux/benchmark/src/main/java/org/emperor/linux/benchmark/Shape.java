package org.emperor.linux.benchmark;

import java.nio.file.Path;

/** The jails that launches are measured with. */
enum Shape {
    NONE("none", false),
    PID("pid", false),
    FOUR("fs,ipc,uts,pid", false),
    FIVE("fs,net,ipc,uts,pid", false),
    ROOTED("fs,net,ipc,uts,pid", true),
    /** The same with all that the preset {@code standard} adds. */
    STANDARD("fs,net,ipc,uts,pid", true);

    private final String namespaces;
    private final boolean hasRoot;

    Shape(String namespaces, boolean hasRoot) {
        this.namespaces = namespaces;
        this.hasRoot = hasRoot;
    }

    /** {@code none} or the words of {@code clone}. */
    String namespaces() {
        return namespaces;
    }

    boolean has(String namespace) {
        return (namespaces + ",").contains(namespace + ",");
    }

    /** Whether the jail gets a root directory of its own by pivot_root, and a {@code /proc} in it. */
    boolean hasRoot() {
        return hasRoot;
    }

    /** The lines of a vassal file that ask for this jail. */
    String settings(Path root) {
        String clone = this == NONE ? "" : "clone = " + namespaces + "\n";
        String preset = this == STANDARD ? "jail-preset = standard\n" : "";
        return hasRoot ? clone + preset + "namespace = " + root + "\n" : clone;
    }

    @Override
    public String toString() {
        String jail = hasRoot ? namespaces + " + pivot_root + /proc" : namespaces;
        return this == STANDARD ? jail + ", `standard`" : jail;
    }
}
