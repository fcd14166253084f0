package org.emperor.linux.plan;

import java.util.List;

/** What a hook does; an argument of a path is as the process sees files at that moment. */
sealed interface HookAction {

    /** {@code mount:TYPE SOURCE TARGET [FLAGS[ DATA]]}; the word {@code none} stands for nothing. */
    record Mount(String type, String source, String target, long flags, String data) implements HookAction {}

    /** {@code umount:TARGET [FLAGS]}; recursive only together with detach, which takes the whole tree at once. */
    record Unmount(String target, boolean detach, boolean force) implements HookAction {}

    /** A line for the shell; tolerant if its end does not matter. */
    record Execute(String command, boolean tolerant) implements HookAction {}

    /** The words of a program, without a shell. */
    record Run(List<String> argv) implements HookAction {
        public Run {
            argv = List.copyOf(argv);
        }
    }

    record Enter(String directory) implements HookAction {}

    /** A variable for later commands and for the program. */
    record Put(String name, String value) implements HookAction {}

    record MakeDirectory(String path) implements HookAction {}

    /** Of a file, or of an empty directory. */
    record Remove(String path, boolean directory) implements HookAction {}

    record ChangeMode(String path, int mode) implements HookAction {}

    /** Adds the sticky bit to the mode there is. */
    record Stick(String path) implements HookAction {}

    record ChangeOwner(String path, int uid, int gid) implements HookAction {}

    /** Makes the file if missing; what it held before stays only where text is appended. */
    record Write(String path, String text, boolean append) implements HookAction {}

    /** Writes to a FIFO that somebody reads; if nobody does, it waits for that or lets it be. */
    record Feed(String path, String text, boolean waits) implements HookAction {}

    record NameHost(String name) implements HookAction {}

    /** A line of the vassal's output. */
    record Print(String text) implements HookAction {}

    /** Ends the launch. */
    record Exit(int code) implements HookAction {}

    /** Raises a network interface, or lets it down. */
    record Switch(String name, boolean up) implements HookAction {}

    /** Gives a network interface an IPv4 address. */
    record Address(String name, int address, int prefix) implements HookAction {}

    /** Writes the number that the process has in its own PID namespace. */
    record WritePid(String path) implements HookAction {}

    /** Waits until there is what it names, so many milliseconds at most. */
    record Await(Awaited kind, String name, long within) implements HookAction {}

    /** What can be waited for. */
    enum Awaited {
        PATH("path"),
        FILE("file"),
        DIRECTORY("directory"),
        MOUNT_POINT("mount point"),
        SOCKET("socket"),
        INTERFACE("interface");

        private final String noun;

        Awaited(String noun) {
            this.noun = noun;
        }

        String noun() {
            return noun;
        }
    }

    /** Text of it that may be a secret: people are shown the rest. */
    default String secret() {
        if (this instanceof Put put) {
            return put.value();
        }
        if (this instanceof Write write) {
            return write.text();
        }
        if (this instanceof Feed feed) {
            return feed.text();
        }
        return this instanceof Print print ? print.text() : "";
    }

    /** The namespace without which it would change the host. */
    default java.util.Optional<Namespace> needs() {
        if (this instanceof Mount || this instanceof Unmount) {
            return java.util.Optional.of(Namespace.FS);
        }
        if (this instanceof NameHost) {
            return java.util.Optional.of(Namespace.UTS);
        }
        boolean network = this instanceof Switch || this instanceof Address;
        return network ? java.util.Optional.of(Namespace.NET) : java.util.Optional.empty();
    }

    /** Whether it is done in the jail's file tree by absolute paths alone, whatever the directory and the umask. */
    default boolean isMount() {
        return this instanceof Mount || this instanceof Unmount;
    }
}
