package org.emperor.linux;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emperor.linux.plan.Arch;
import org.emperor.linux.plan.Confinement;
import org.emperor.linux.plan.LinuxFacts;
import org.emperor.linux.plan.Means;
import org.emperor.linux.plan.OwnIds;
import org.emperor.spec.Resource;

/** Finds out about this host by reading files only; what only trying can tell is corrected at {@link LinuxHost#open}. */
final class HostProbe {
    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*");
    private static final int USUAL_LAST_CAPABILITY = 40; // CAP_CHECKPOINT_RESTORE, since 5.9
    private static final int NICE_AFTER_NAME = 16;
    private static final int USUAL_OPEN_FILES = 1024;

    /** Those that brought a new version of Landlock (landlock(7)). */
    private static final int[][] LANDLOCK_RELEASES = {{5, 13}, {5, 19}, {6, 2}, {6, 7}, {6, 10}, {6, 12}, {6, 15}};

    private static final Map<String, Resource> LIMITS = Map.ofEntries(
            Map.entry("Max cpu time", Resource.CPU),
            Map.entry("Max file size", Resource.FSIZE),
            Map.entry("Max data size", Resource.DATA),
            Map.entry("Max stack size", Resource.STACK),
            Map.entry("Max core file size", Resource.CORE),
            Map.entry("Max resident set", Resource.RSS),
            Map.entry("Max processes", Resource.NPROC),
            Map.entry("Max open files", Resource.NOFILE),
            Map.entry("Max locked memory", Resource.MEMLOCK),
            Map.entry("Max address space", Resource.AS),
            Map.entry("Max file locks", Resource.LOCKS),
            Map.entry("Max pending signals", Resource.SIGPENDING),
            Map.entry("Max msgqueue size", Resource.MSGQUEUE),
            Map.entry("Max nice priority", Resource.NICE),
            Map.entry("Max realtime priority", Resource.RTPRIO),
            Map.entry("Max realtime timeout", Resource.RTTIME));

    private final Path proc;

    /** @param proc where proc(5) is mounted */
    HostProbe(Path proc) {
        this.proc = proc;
    }

    static LinuxFacts probe() {
        return new HostProbe(Path.of("/proc")).facts();
    }

    LinuxFacts facts() {
        String kernel = line("sys/kernel/osrelease");
        return new LinuxFacts(
                Arch.of(System.getProperty("os.arch")),
                kernel,
                uid() == 0,
                isSince(kernel, 5, 5),
                isSince(kernel, 5, 7),
                new CgroupProbe(proc).cgroups(),
                memory(),
                openFilesHard(),
                lastCapability(),
                means(),
                own(),
                new Confinement(!line("sys/kernel/seccomp/actions_avail").isEmpty(), landlock(kernel)),
                LookupProbe.probe());
    }

    /** What this release has, if it is not known to be off: only a system call tells for sure. */
    private static int landlock(String kernel) {
        String modules = firstLine(Path.of("/sys/kernel/security/lsm"));
        if (!modules.isEmpty() && !List.of(modules.split(",", -1)).contains("landlock")) {
            return 0;
        }
        int version = 0;
        for (int[] release : LANDLOCK_RELEASES) {
            version += isSince(kernel, release[0], release[1]) ? 1 : 0;
        }
        return version;
    }

    private OwnIds own() {
        return OwnIds.of(uid(), id("unix:gid"), groups(), lines("self/uid_map"), lines("self/gid_map"), barred());
    }

    private List<Integer> groups() {
        for (String line : lines("self/status")) {
            if (line.startsWith("Groups:")) {
                return Stream.of(line.substring("Groups:".length()).strip().split(" ", -1))
                        .filter(word -> !word.isEmpty())
                        .map(Integer::parseUnsignedInt)
                        .toList();
            }
        }
        return List.of();
    }

    /** namespaces(7); the other two are of Debian and Ubuntu, and bar users only. */
    private String barred() {
        if (line("sys/user/max_user_namespaces").equals("0")) {
            return "sysctl user.max_user_namespaces is 0";
        }
        if (uid() != 0 && line("sys/kernel/unprivileged_userns_clone").equals("0")) {
            return "sysctl kernel.unprivileged_userns_clone is 0";
        }
        return "";
    }

    private Means means() {
        return new Means(
                capabilities(), nice(), number("self/oom_score_adj", 0), processors(), openFilesMost(), hardLimits());
    }

    /** Field 19 of proc_pid_stat(5), counted after the name, which may hold blanks and parentheses. */
    private int nice() {
        String stat = line("self/stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        return fields.length > NICE_AFTER_NAME ? Integer.parseInt(fields[NICE_AFTER_NAME]) : 0;
    }

    private long capabilities() {
        for (String line : lines("self/status")) {
            if (line.startsWith("CapEff:")) {
                return Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16);
            }
        }
        return uid() == 0 ? -1L : 0;
    }

    /** One more than the highest number: of {@code 0-3,8}. A host that does not tell has as many as there may be. */
    private static int processors() {
        String online = firstLine(Path.of("/sys/devices/system/cpu/possible"));
        String last = online.substring(Math.max(online.lastIndexOf('-'), online.lastIndexOf(',')) + 1);
        return last.isEmpty() ? Means.ALL.processors() : Integer.parseInt(last) + 1;
    }

    private long openFilesMost() {
        return number("sys/fs/nr_open", (int) Means.ALL.openFilesMost());
    }

    private int number(String file, int otherwise) {
        String line = line(file);
        return line.isEmpty() ? otherwise : Integer.parseInt(line);
    }

    /** The lines of proc_pid_limits(5): a name, the soft limit, the hard one. */
    private Map<Resource, Long> hardLimits() {
        Map<Resource, Long> hard = new EnumMap<>(Resource.class);
        for (String line : lines("self/limits")) {
            String[] fields = line.split(" {2,}", -1);
            Resource resource = LIMITS.get(fields[0]);
            if (resource != null && fields.length > 2 && !fields[2].equals("unlimited")) {
                hard.put(resource, Long.parseLong(fields[2]));
            }
        }
        return hard;
    }

    private int uid() {
        return id("unix:uid");
    }

    private int id(String attribute) {
        try {
            return (Integer) Files.getAttribute(proc.resolve("self"), attribute);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A release like {@code 6.18.44-fc}, {@code 6.18-rc1+} or {@code 5.10+}; one that says nothing is taken as new. */
    private static boolean isSince(String kernel, int major, int minor) {
        Matcher release = RELEASE.matcher(kernel);
        if (!release.matches()) {
            return true;
        }
        int ours = Integer.parseInt(release.group(1));
        return ours > major || (ours == major && Integer.parseInt(release.group(2)) >= minor);
    }

    /** {@code MemTotal: 4030508 kB}, the first line of proc_meminfo(5). */
    private long memory() {
        String[] words = line("meminfo").split(" +", -1);
        return words.length > 1 && words[0].equals("MemTotal:") ? Long.parseLong(words[1]) * 1024 : 0;
    }

    private long openFilesHard() {
        return lines("self/limits").stream()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.split(" +", -1)[4])
                .mapToLong(text -> text.equals("unlimited") ? Integer.MAX_VALUE : Long.parseLong(text))
                .findFirst()
                .orElse(USUAL_OPEN_FILES);
    }

    private int lastCapability() {
        String number = line("sys/kernel/cap_last_cap");
        return number.isEmpty() ? USUAL_LAST_CAPABILITY : Integer.parseInt(number);
    }

    private String line(String file) {
        return firstLine(proc.resolve(file));
    }

    private List<String> lines(String file) {
        return lines(proc.resolve(file));
    }

    static String firstLine(Path file) {
        return lines(file).stream().findFirst().orElse("");
    }

    /**
     * Sandboxes leave files out; what they would have told is then as if it were not there. Anybody may mount something at
     * a path that is not UTF-8: that line alone is spoiled. Never by Files.readAllBytes: it first asks for one byte of a
     * file that has no size, and a number of proc_sys(5) is at its end after the first read.
     */
    static List<String> lines(Path file) {
        try (BufferedReader text =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            return text.lines().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
