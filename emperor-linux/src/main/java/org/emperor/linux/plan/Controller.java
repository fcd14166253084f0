package org.emperor.linux.plan;

/** A kind of resource that cgroups limit, by its name in cgroup v2 and in v1 (cgroups(7)). */
public enum Controller {
    CPU("cpu", "cpu"),
    CPUSET("cpuset", "cpuset"),
    IO("io", "blkio"),
    MEMORY("memory", "memory"),
    PIDS("pids", "pids");

    private final String word;
    private final String legacyWord;

    Controller(String word, String legacyWord) {
        this.word = word;
        this.legacyWord = legacyWord;
    }

    public String word() {
        return word;
    }

    public String legacyWord() {
        return legacyWord;
    }
}
