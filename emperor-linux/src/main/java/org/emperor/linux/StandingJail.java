package org.emperor.linux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emperor.jail.PlanRefusal;
import org.emperor.jail.Visit;
import org.emperor.linux.plan.NamespaceFile;
import org.emperor.linux.plan.VisitFacts;
import org.emperor.linux.sys.Fd;
import org.emperor.linux.sys.HostFiles;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.Poll;
import org.emperor.linux.sys.Processes;
import org.emperor.linux.sys.SyscallException;
import org.emperor.spec.Identity;

/**
 * A jail as it stands, found by the pid of its program. That pid may long be another's: so first both processes are held by
 * pidfds, then it is read that the program's parent is the jail-init of this incarnation, and of this emperor, and last that
 * neither has ended meanwhile. What is joined is where jail-init put the program, which the program could not change.
 */
final class StandingJail implements AutoCloseable {
    private static final String DEFAULT_TERMINAL = "xterm";
    private static final int SOFT = 26;
    private static final int HARD = 47;
    private static final int COLUMN = 20;

    private final Kernel kernel;
    private final HostFiles files;
    private final Visit visit;
    private final List<Fd> open = new ArrayList<>();
    private final List<NamespaceFile> joins = new ArrayList<>();
    private final List<Fd> namespaces = new ArrayList<>();
    private final Fd program;
    private final Fd init;
    private final long initPid;
    private final Fd root;
    private final Fd directory;
    private final VisitFacts facts;

    private StandingJail(Kernel kernel, Visit visit) {
        this.kernel = kernel;
        this.files = new HostFiles(kernel);
        this.visit = visit;
        Processes processes = new Processes(kernel);
        try {
            program = keep(processes.watch(visit.pid()));
            long parent = parent(visit.pid());
            initPid = parent == visit.emperor() ? visit.pid() : parent;
            init = keep(processes.watch(initPid));
            openNamespaces();
            root = keep(files.open("/proc/" + initPid + "/root", HostFiles.PATH_ONLY));
            directory = keep(files.open("/proc/" + visit.pid() + "/cwd", HostFiles.PATH_ONLY));
            facts = facts();
            check(parent);
        } catch (SyscallException | PlanRefusal e) {
            close();
            throw e;
        }
    }

    /** @throws PlanRefusal if it is not there any more */
    static StandingJail find(Kernel kernel, Visit visit) {
        return new StandingJail(kernel, visit);
    }

    private Fd keep(Fd fd) {
        open.add(fd);
        return fd;
    }

    private void openNamespaces() {
        for (NamespaceFile namespace : NamespaceFile.values()) {
            String path = "/proc/" + initPid + "/ns/" + namespace.ofChildren();
            Optional<String> own = files.link("/proc/self/ns/" + namespace);
            if (own.isPresent() && !files.link(path).equals(own)) {
                joins.add(namespace);
                namespaces.add(keep(files.open(path, HostFiles.READ)));
            }
        }
    }

    private VisitFacts facts() {
        String status = files.readWhole("/proc/" + visit.pid() + "/status");
        long bounding = Long.parseUnsignedLong(field(status, "CapBnd"), 16);
        if (!joins.contains(NamespaceFile.USER)) { // in a user namespace of its own one has all there are
            bounding &= Long.parseUnsignedLong(field(files.readWhole("/proc/self/status"), "CapPrm"), 16);
        }
        int capLast =
                Integer.parseInt(files.read("/proc/sys/kernel/cap_last_cap").strip());
        boolean noNewPrivileges = field(status, "NoNewPrivs").equals("1");
        boolean user = joins.contains(NamespaceFile.USER);
        VisitFacts.Builder builder = user ? builder() : VisitFacts.Builder.ROOT;
        boolean groups =
                !user || files.read("/proc/" + visit.pid() + "/setgroups").startsWith("allow");
        return new VisitFacts(kernel.arch(), joins, builder, groups, bounding, capLast, noNewPrivileges, environment());
    }

    private VisitFacts.Builder builder() {
        return new VisitFacts.Builder(builder("uid_map"), builder("gid_map"));
    }

    /** Root inside if it has one, and otherwise the first there is. */
    private long builder(String map) {
        return files.readWhole("/proc/" + visit.pid() + "/" + map)
                .lines()
                .mapToLong(line -> Long.parseLong(line.strip().split(" +", -1)[0]))
                .min()
                .orElseThrow(() -> new PlanRefusal("its user namespace has no ids"));
    }

    /**
     * The program's own, for its own identity; another one's, root's above all, must not be what the vassal says, as its
     * LD_PRELOAD.
     */
    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("LANG", "C.UTF-8");
        environment.put("HOME", visit.identity().home());
        environment.put("USER", visit.identity().user());
        environment.put("LOGNAME", visit.identity().user());
        environment.put("SHELL", visit.identity().shell());
        if (visit.asVassal()) {
            for (String assignment :
                    files.readWhole("/proc/" + visit.pid() + "/environ").split("\0", -1)) {
                int equals = assignment.indexOf('=');
                if (equals > 0) {
                    environment.put(assignment.substring(0, equals), assignment.substring(equals + 1));
                }
            }
        }
        if (visit.terminal()) {
            environment.put("TERM", Optional.ofNullable(System.getenv("TERM")).orElse(DEFAULT_TERMINAL));
        }
        return environment;
    }

    private void check(long parent) {
        boolean ours = initPid == visit.pid() ? isFirst() : isInit(initPid) && isBelowEmperor();
        if (!ours || parent(visit.pid()) != parent || hasEnded()) {
            throw new PlanRefusal("it is not there any more");
        }
    }

    /**
     * A child of the emperor itself: a program without init, known by its leaf, or a jail-init that could not tell its
     * program's pid.
     */
    private boolean isFirst() {
        String leaf = "emperor." + visit.realmId() + "/";
        String cgroup = files.readWhole("/proc/" + initPid + "/cgroup");
        boolean elsewhere = cgroup.contains(leaf) && !cgroup.contains(leaf + visit.incarnation() + "\n");
        return isInit(initPid) || (!arguments(initPid)[0].equals("jail-init") && !elsewhere);
    }

    /** Where a jail was forked into once more, the first of two jail-inits is between them. */
    private boolean isBelowEmperor() {
        long above = parent(initPid);
        return above == visit.emperor() || (isInit(above) && parent(above) == visit.emperor());
    }

    private boolean isInit(long pid) {
        String[] arguments = arguments(pid);
        return arguments.length >= 3
                && arguments[0].equals("jail-init")
                && arguments[1].equals(visit.realmId())
                && arguments[2].equals(visit.incarnation().toString());
    }

    private String[] arguments(long pid) {
        return files.readWhole("/proc/" + pid + "/cmdline").split("\0", -1);
    }

    private long parent(long pid) {
        return Long.parseLong(field(files.readWhole("/proc/" + pid + "/status"), "PPid"));
    }

    private static String field(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow(() -> new PlanRefusal("/proc tells no " + name));
    }

    boolean hasEnded() {
        Poll poll = new Poll(kernel).clear().add(program.number(), Poll.IN).add(init.number(), Poll.IN);
        poll.await(0);
        return poll.isReady(program.number()) || poll.isReady(init.number());
    }

    /** The host's id of an identity inside. */
    int ownerOutside(Identity identity) {
        for (String line :
                files.readWhole("/proc/" + visit.pid() + "/uid_map").lines().toList()) {
            String[] fields = line.strip().split(" +", -1);
            long within = identity.uid() - Long.parseLong(fields[0]);
            if (within >= 0 && within < Long.parseLong(fields[2])) {
                return (int) (Long.parseLong(fields[1]) + within);
            }
        }
        throw new PlanRefusal("its user namespace has no user " + identity.uid());
    }

    /** Readable when the jail has ended. */
    Fd end() {
        return init;
    }

    VisitFacts visitFacts() {
        return facts;
    }

    /** In the order of {@link org.emperor.linux.plan.VisitPlanner}, which wants standard error before them. */
    List<Fd> descriptors() {
        List<Fd> descriptors = new ArrayList<>(List.of(root, directory));
        descriptors.addAll(namespaces);
        return descriptors;
    }

    /**
     * Soft and hard limits of its program, by their numbers. Of another user's process prlimit(2) tells them only to who has
     * CAP_SYS_RESOURCE; the file has them in the same order (proc_pid_limits(5)).
     */
    List<long[]> limits() {
        return files.readWhole("/proc/" + visit.pid() + "/limits")
                .lines()
                .skip(1)
                .map(line -> new long[] {limit(line, SOFT), limit(line, HARD)})
                .toList();
    }

    private static long limit(String line, int column) {
        String number = line.substring(column, column + COLUMN).strip();
        return number.equals("unlimited") ? -1 : Long.parseLong(number);
    }

    /** Its cgroups in all hierarchies that this process is elsewhere in. */
    List<String> cgroups() {
        return new CgroupPlaces(files.readWhole("/proc/self/mountinfo"), files.readWhole("/proc/self/cgroup"))
                .of(files.readWhole("/proc/" + initPid + "/cgroup"));
    }

    @Override
    public void close() {
        open.forEach(Fd::close);
    }
}
