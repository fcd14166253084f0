package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A kind of namespace, by the words of uWSGI's {@code clone} and {@code unshare} options and clone(2)'s flag. */
public enum Namespace {
    FS(0x20000L, "NEWNS", "fs", "ns", "mount", "mnt"),
    NET(0x40000000L, "NEWNET", "net"),
    IPC(0x08000000L, "NEWIPC", "ipc"),
    UTS(0x04000000L, "NEWUTS", "uts"),
    PID(0x20000000L, "NEWPID", "pid"),
    USER(0x10000000L, "NEWUSER", "user"),
    CGROUP(0x02000000L, "NEWCGROUP", "cgroup"),
    /** In the low byte, where clone(2) has the signal of the end: for clone3(2) only, since 6.3. */
    TIME(0x80L, "NEWTIME", "time");

    private final long flag;
    private final String constant;
    private final List<String> words;

    Namespace(long flag, String constant, String... words) {
        this.flag = flag;
        this.constant = constant;
        this.words = List.of(words);
    }

    public long flag() {
        return flag;
    }

    /** The word that names it in files and tables. */
    public String word() {
        return words.get(0);
    }

    /** Whether one of these, by the names of {@code /proc/PID/ns}, is of this kind. */
    boolean isAmong(List<String> files) {
        return files.stream().anyMatch(file -> NamespaceFile.of(file).kind() == this);
    }

    static Optional<Namespace> parse(String word) {
        for (Namespace namespace : values()) {
            if (namespace.words.contains(word)) {
                return Optional.of(namespace);
            }
        }
        return Optional.empty();
    }

    static long flags(Set<Namespace> namespaces) {
        return namespaces.stream().mapToLong(Namespace::flag).sum();
    }

    /** {@code fs,pid}, as in a file. */
    static String words(Set<Namespace> namespaces) {
        return new TreeSet<>(namespaces).stream().map(Namespace::word).collect(Collectors.joining(","));
    }

    /** {@code CLONE_NEWNS|CLONE_NEWPID}, or 0. */
    static String text(Set<Namespace> namespaces) {
        List<String> names = new ArrayList<>();
        new TreeSet<>(namespaces).forEach(namespace -> names.add("CLONE_" + namespace.constant));
        return names.isEmpty() ? "0" : String.join("|", names);
    }
}
