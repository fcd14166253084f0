package org.emperor.linux.plan;

import java.util.Map;
import java.util.TreeMap;
import org.emperor.jail.HostFacts;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a Linux host that plans depend on, typed.
 *
 * @param cgroups the trees that jails can be put into
 * @param memory how much there is, in bytes
 * @param nofileHard the hard limit of open files
 * @param capLast the highest capability number this kernel knows
 * @param means what the emperor itself may do and has
 * @param own whom it is
 * @param confinement what the kernel can confine programs with
 * @param names what it is called and whom it asks for addresses
 */
public record LinuxFacts(
        Arch arch,
        String kernel,
        boolean root,
        boolean clone3,
        boolean intoCgroup,
        Cgroups cgroups,
        long memory,
        long nofileHard,
        int capLast,
        Means means,
        OwnIds own,
        Confinement confinement,
        HostNames names) {

    private static volatile @Nullable Reading latest;

    /** Facts as they were found, and as they were read. */
    private record Reading(HostFacts facts, LinuxFacts read) {}

    /** Of an emperor that is root of the host, or a user like any other. */
    public LinuxFacts(
            Arch arch,
            String kernel,
            boolean root,
            boolean clone3,
            boolean intoCgroup,
            Cgroups cgroups,
            long memory,
            long nofileHard,
            int capLast,
            Means means) {
        this(
                arch,
                kernel,
                root,
                clone3,
                intoCgroup,
                cgroups,
                memory,
                nofileHard,
                capLast,
                means,
                root ? OwnIds.ROOT : OwnIds.USER);
    }

    /** On a kernel of 6.1, whose names are looked up as on most hosts. */
    public LinuxFacts(
            Arch arch,
            String kernel,
            boolean root,
            boolean clone3,
            boolean intoCgroup,
            Cgroups cgroups,
            long memory,
            long nofileHard,
            int capLast,
            Means means,
            OwnIds own) {
        this(
                arch,
                kernel,
                root,
                clone3,
                intoCgroup,
                cgroups,
                memory,
                nofileHard,
                capLast,
                means,
                own,
                Confinement.USUAL,
                HostNames.USUAL);
    }

    /** Whether vassals can be other users and groups than the emperor, and have ranges of ids. */
    public boolean changesIds() {
        return root && means.has(Means.CAP_SETUID) && means.has(Means.CAP_SETGID);
    }

    public HostFacts toFacts() {
        Map<String, String> facts = new TreeMap<>();
        facts.put("arch", arch.toString());
        facts.put("kernel", kernel);
        facts.put("root", yes(root));
        facts.put("clone3", yes(clone3));
        facts.put("into-cgroup", yes(intoCgroup));
        cgroups.tell(facts);
        facts.put("memory", Long.toString(memory));
        facts.put("nofile-hard", Long.toString(nofileHard));
        facts.put("cap-last", Integer.toString(capLast));
        facts.put("capabilities", Long.toHexString(means.capabilities()));
        facts.put("nice", Integer.toString(means.nice()));
        facts.put("oom-score-adj", Integer.toString(means.oomScoreAdj()));
        facts.put("processors", Integer.toString(means.processors()));
        facts.put("nofile-most", Long.toString(means.openFilesMost()));
        facts.put("limits", means.hardText());
        facts.put("seccomp", yes(confinement.seccomp()));
        facts.put("landlock", Integer.toString(confinement.landlock()));
        facts.putAll(factsOf(names));
        facts.put("own-ids", own.text());
        facts.put("own-uid-map", own.uids().text().replace('\n', ','));
        facts.put("own-gid-map", own.gids().text().replace('\n', ','));
        facts.put("no-user-namespaces", own.barred());
        return new HostFacts("linux", facts);
    }

    /** Reads them again only if they are others than the last time: one host's facts are of use to thousands of plans. */
    @SuppressWarnings("ReferenceEquality") // linking a record's equals would cost the first launch milliseconds
    public static LinuxFacts of(HostFacts facts) {
        Reading known = latest;
        if (known == null || known.facts() != facts) {
            known = new Reading(facts, read(facts));
            latest = known;
        }
        return known.read();
    }

    private static LinuxFacts read(HostFacts facts) {
        return new LinuxFacts(
                Arch.of(facts.text("arch")),
                facts.text("kernel"),
                facts.has("root"),
                facts.has("clone3"),
                facts.has("into-cgroup"),
                Cgroups.of(facts.facts()),
                Long.parseLong(facts.text("memory")),
                Long.parseLong(facts.text("nofile-hard")),
                Integer.parseInt(facts.text("cap-last")),
                new Means(
                        Long.parseUnsignedLong(facts.text("capabilities"), 16),
                        Integer.parseInt(facts.text("nice")),
                        Integer.parseInt(facts.text("oom-score-adj")),
                        Integer.parseInt(facts.text("processors")),
                        Long.parseLong(facts.text("nofile-most")),
                        Means.hardLimits(facts.text("limits"))),
                OwnIds.parse(
                        facts.text("own-ids"),
                        facts.text("own-uid-map"),
                        facts.text("own-gid-map"),
                        facts.text("no-user-namespaces")),
                new Confinement(facts.has("seccomp"), Integer.parseInt(facts.text("landlock"))),
                new HostNames(
                        facts.text("hostname"),
                        Resolver.of(facts.text("resolv-conf")),
                        Resolver.of(facts.text("resolv-conf-upstream"))));
    }

    /** These facts with what is known of names now; the same object if that is no news. */
    public static HostFacts with(HostFacts facts, HostNames names) {
        Map<String, String> now = factsOf(names);
        if (facts.facts().entrySet().containsAll(now.entrySet())) {
            return facts;
        }
        Map<String, String> all = new TreeMap<>(facts.facts());
        all.putAll(now);
        return new HostFacts(facts.platform(), all);
    }

    private static Map<String, String> factsOf(HostNames names) {
        return Map.of(
                "hostname",
                names.hostname(),
                "resolv-conf",
                names.resolver().text(),
                "resolv-conf-upstream",
                names.upstream().text());
    }

    /** Whether the kernel is of that version or a later one; {@code 6.1.0-13-amd64} is of 6.1. */
    boolean isKernelSince(int major, int minor) {
        String[] numbers = kernel.split("[^0-9]", 3);
        int first = Integer.parseInt(numbers[0]);
        return first > major || (first == major && Integer.parseInt(numbers[1]) >= minor);
    }

    /** A current host with one cgroup v2 tree, as most are. */
    public static LinuxFacts usual() {
        return new LinuxFacts(
                Arch.X86_64,
                "6.1",
                true,
                true,
                true,
                Cgroups.unified("/sys/fs/cgroup"),
                1L << 33,
                524288,
                40,
                Means.ALL);
    }

    /** The directory of the v2 cgroup that this process is in, empty if there is none to use. */
    public String cgroup2() {
        return cgroups.tree();
    }

    public LinuxFacts withoutClone3() {
        return with(false, false, cgroups);
    }

    public LinuxFacts withoutIntoCgroup() {
        return with(clone3, false, cgroups);
    }

    public LinuxFacts withoutCgroups() {
        return with(Cgroups.NONE);
    }

    public LinuxFacts with(Cgroups trees) {
        return with(clone3, intoCgroup, trees);
    }

    private LinuxFacts with(boolean clone3, boolean into, Cgroups trees) {
        return new LinuxFacts(
                arch, kernel, root, clone3, into, trees, memory, nofileHard, capLast, means, own, confinement, names);
    }

    public LinuxFacts with(Confinement found) {
        return new LinuxFacts(
                arch, kernel, root, clone3, intoCgroup, cgroups, memory, nofileHard, capLast, means, own, found, names);
    }

    private static String yes(boolean fact) {
        return fact ? "yes" : "no";
    }
}
