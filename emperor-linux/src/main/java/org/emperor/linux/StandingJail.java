package org.emperor.linux;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emperor.jail.JailGone;
import org.emperor.jail.PlanRefusal;
import org.emperor.jail.Seat;
import org.emperor.jail.Visit;
import org.emperor.linux.plan.LinuxPlanner;
import org.emperor.linux.plan.NamespaceFile;
import org.emperor.linux.plan.Restraints;
import org.emperor.linux.plan.VisitFacts;
import org.emperor.linux.sys.Errno;
import org.emperor.linux.sys.Fd;
import org.emperor.linux.sys.HostFiles;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.Poll;
import org.emperor.linux.sys.Processes;
import org.emperor.linux.sys.SyscallException;
import org.emperor.spec.ResourceLimit;

/**
 * A jail as it stands, found by the pid of its program. That pid may long be another's: so first both processes are held by
 * pidfds, then it is read that the program's parent is the jail-init of this incarnation, and of this emperor, and last that
 * neither has ended meanwhile. What is joined is where jail-init put the program, which the program could not change.
 */
final class StandingJail implements AutoCloseable {
    private static final String DEFAULT_TERMINAL = "xterm";

    private final Kernel kernel;
    private final HostFiles files;
    private final Visit visit;
    private final List<Fd> open = new ArrayList<>();
    private final List<NamespaceFile> joins = new ArrayList<>();
    private final List<Fd> namespaces = new ArrayList<>();
    private final ProcessText program;
    private final ProcessText init;
    private final boolean hasInit;
    private final Fd programLife;
    private final Fd initLife;
    private final Fd root;
    private final Fd directory;
    private final VisitFacts facts;

    private StandingJail(Kernel kernel, Visit visit) {
        this.kernel = kernel;
        this.files = new HostFiles(kernel);
        this.visit = visit;
        Processes processes = new Processes(kernel);
        try {
            programLife = keep(processes.watch(visit.pid()));
            program = new ProcessText(files, visit.pid());
            long parent = program.parent();
            hasInit = parent != visit.emperor();
            initLife = hasInit ? keep(processes.watch(parent)) : programLife;
            init = hasInit ? new ProcessText(files, parent) : program;
            openNamespaces();
            root = keep(files.open(init.path("root"), HostFiles.PATH_ONLY));
            directory = keep(files.open(program.path("cwd"), HostFiles.PATH_ONLY));
            facts = facts();
            if (!isOurs() || program.parent() != parent || hasEnded()) {
                throw new JailGone(new PlanRefusal("another process has its number"));
            }
        } catch (SyscallException e) {
            close();
            throw e.is(Errno.ESRCH) || e.is(Errno.ENOENT) ? new JailGone(e) : e; // as /proc tells it
        } catch (PlanRefusal | JailGone e) {
            close();
            throw e;
        }
    }

    /** @throws JailGone if it is not there any more */
    static StandingJail find(Kernel kernel, Visit visit) {
        return new StandingJail(kernel, visit);
    }

    private Fd keep(Fd fd) {
        open.add(fd);
        return fd;
    }

    private void openNamespaces() {
        for (NamespaceFile namespace : NamespaceFile.values()) {
            String path = init.path("ns/" + namespace.ofChildren());
            Optional<String> own = files.link("/proc/self/ns/" + namespace);
            if (own.isPresent() && !files.link(path).equals(own)) {
                joins.add(namespace);
                namespaces.add(keep(files.open(path, HostFiles.READ)));
            }
        }
    }

    private VisitFacts facts() {
        boolean user = joins.contains(NamespaceFile.USER); // in one of its own one has all capabilities there are
        String capLast = files.read("/proc/sys/kernel/cap_last_cap").strip();
        return new VisitFacts(
                kernel.arch(),
                joins,
                user ? builder() : VisitFacts.Builder.ROOT,
                !user || program.whole("setgroups").startsWith("allow"),
                program.capabilities("CapBnd") & (user ? -1 : self().capabilities("CapPrm")),
                Integer.parseInt(capLast),
                program.status("NoNewPrivs").equals("1"),
                program.limits(),
                visit.confined() ? restraints() : Restraints.NONE,
                environment());
    }

    /** As the emperor noted them when it launched this incarnation; it makes no note where there are none. */
    private Restraints restraints() {
        Path note = Seat.restraints(visit.state(), visit.incarnation());
        try {
            return Restraints.parse(files.readWhole(note.toString()));
        } catch (SyscallException e) {
            if (e.is(Errno.ENOENT)) {
                return Restraints.NONE;
            }
            throw e;
        } catch (IllegalArgumentException e) {
            throw new PlanRefusal("what binds its program cannot be read in " + note + ": " + e.getMessage()
                    + "; --unconfined enters without");
        }
    }

    private VisitFacts.Builder builder() {
        return new VisitFacts.Builder(program.firstId("uid_map"), program.firstId("gid_map"));
    }

    private ProcessText self() {
        return new ProcessText(files, ProcessHandle.current().pid());
    }

    /**
     * The program's own, for its own identity. Another one's, root's above all, must not be what the vassal says, as its
     * LD_PRELOAD.
     */
    private Map<String, String> environment() {
        Map<String, String> environment = visit.asVassal() ? program.environment() : new LinkedHashMap<>();
        if (visit.terminal()) {
            environment.put("TERM", Optional.ofNullable(System.getenv("TERM")).orElse(DEFAULT_TERMINAL));
        }
        return environment;
    }

    /**
     * A child of the emperor itself is a program without init, known by its leaf, or a jail-init that could not tell its
     * program's pid.
     */
    private boolean isOurs() {
        if (hasInit) {
            return isInit(init) && isBelowEmperor();
        }
        String leaf = LinuxPlanner.realmName(visit.realmId()) + "/";
        String cgroup = program.whole("cgroup");
        boolean elsewhere = cgroup.contains(leaf) && !cgroup.contains(leaf + visit.incarnation() + "\n");
        return isInit(program) || (!program.arguments()[0].equals("jail-init") && !elsewhere);
    }

    /** Where a jail was forked into once more, the first of two jail-inits is between them. */
    private boolean isBelowEmperor() {
        long above = init.parent();
        ProcessText first = new ProcessText(files, above);
        return above == visit.emperor() || (isInit(first) && first.parent() == visit.emperor());
    }

    private boolean isInit(ProcessText process) {
        String[] arguments = process.arguments();
        return arguments.length >= 3
                && arguments[0].equals("jail-init")
                && arguments[1].equals(visit.realmId())
                && arguments[2].equals(visit.incarnation().toString());
    }

    boolean hasEnded() {
        Poll poll = new Poll(kernel).clear().add(programLife.number(), Poll.IN).add(initLife.number(), Poll.IN);
        poll.await(0);
        return poll.isReady(programLife.number()) || poll.isReady(initLife.number());
    }

    /** Readable when the jail has ended. */
    Fd end() {
        return initLife;
    }

    /** The greater ones of its program's limits and of this process's own. */
    List<ResourceLimit> room() {
        List<ResourceLimit> own = self().limits();
        List<ResourceLimit> room = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            ResourceLimit limit = facts.limits().get(i);
            room.add(limit.orGreater(own.get(i).soft(), own.get(i).hard()));
        }
        return room;
    }

    ProcessText program() {
        return program;
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

    /** Its cgroups in all hierarchies that this process is elsewhere in. */
    List<String> cgroups() {
        return new CgroupPlaces(files.readWhole("/proc/self/mountinfo"), self().whole("cgroup"))
                .of(init.whole("cgroup"));
    }

    @Override
    public void close() {
        open.forEach(Fd::close);
    }
}
