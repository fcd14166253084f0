package org.emperor.linux.plan;

import static org.emperor.linux.plan.MountAttribute.NODEV;
import static org.emperor.linux.plan.MountAttribute.NOEXEC;
import static org.emperor.linux.plan.MountAttribute.NOSUID;
import static org.emperor.linux.plan.MountSteps.MUST;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A /dev of the jail's own: the nodes every program may count on, its own terminals, shared memory and message queues. */
final class DevicesPart {
    private static final int CHARACTER = 0020000;
    private static final int CAP_MKNOD = 27;
    private static final int TTY = 5;
    private static final List<Node> NODES = List.of(
            new Node("null", 1, 3),
            new Node("zero", 1, 5),
            new Node("full", 1, 7),
            new Node("random", 1, 8),
            new Node("urandom", 1, 9),
            new Node("tty", 5, 0));

    private record Node(String name, int major, int minor) {}

    private final StepList steps;
    private final MountSteps mounts;
    private final JailSettings jail;
    private final @Nullable IdMaps maps;
    private final boolean clonesNodes;
    private final List<Held> nodes = new ArrayList<>();

    DevicesPart(StepList steps, MountSteps mounts, LinuxFacts facts, JailSettings jail, @Nullable IdMaps maps) {
        this.steps = steps;
        this.mounts = mounts;
        this.jail = jail;
        this.maps = maps;
        this.clonesNodes = jail.has(Namespace.USER) || !facts.means().has(CAP_MKNOD);
    }

    /** Who may make no nodes, as nobody in a user namespace may, takes the host's; not those of a root of the tenant's. */
    void openSources() {
        if (clonesNodes) {
            NODES.forEach(node -> nodes.add(mounts.open("/dev/" + node.name(), MUST)));
        }
    }

    void prepare() {
        nodes.replaceAll(node -> mounts.clone(node, MUST));
    }

    void attach() {
        Held fresh =
                mounts.fresh("tmpfs").with("size", "64k").with("mode", "0755").mount(NOSUID, NOEXEC);
        mounts.detach("/dev");
        mounts.attach(fresh, mounts.open("/dev", MUST), MUST);
        Held dev = fresh.as("/dev");
        for (int i = 0; i < NODES.size(); i++) {
            if (clonesNodes) {
                mounts.file(dev.argument(), NODES.get(i).name(), 0, MUST);
                mounts.attach(nodes.get(i), dev, NODES.get(i).name(), MUST);
            } else {
                make(NODES.get(i), dev);
            }
        }
        link(dev, "/proc/self/fd", "fd");
        link(dev, "/proc/self/fd/0", "stdin");
        link(dev, "/proc/self/fd/1", "stdout");
        link(dev, "/proc/self/fd/2", "stderr");
        link(dev, "pts/ptmx", "ptmx");
        attachBelow(dev, "pts", terminals());
        attachBelow(dev, "shm", sharedMemory());
        if (jail.has(Namespace.IPC)) {
            attachBelow(dev, "mqueue", mounts.fresh("mqueue").mount(NOSUID, NODEV, NOEXEC));
        }
    }

    private void make(Node node, Held dev) {
        steps.call(
                "make /dev/" + node.name(),
                Call.MKNODAT,
                dev.argument(),
                Argument.path(node.name()),
                Argument.constant(CHARACTER | 0666, "S_IFCHR|0666"),
                Argument.constant(
                        node.major() << 8 | node.minor(), "makedev(" + node.major() + ", " + node.minor() + ")"));
    }

    private void link(Held dev, String to, String name) {
        steps.call(
                "link /dev/" + name + " to " + to,
                Call.SYMLINKAT,
                Argument.path(to),
                dev.argument(),
                Argument.path(name));
    }

    /** Group 5 is tty everywhere (devpts, mount(8)); one that a user namespace does not map cannot be named in it. */
    private Held terminals() {
        FreshMount fresh = mounts.fresh("devpts").with("mode", "0620").with("ptmxmode", "0666");
        boolean hasTty = maps == null || maps.hostGid(TTY) != -1;
        return (hasTty ? fresh.with("gid", Integer.toString(TTY)) : fresh).mount(NOSUID, NOEXEC);
    }

    private Held sharedMemory() {
        return mounts.fresh("tmpfs").with("size", "64m").with("mode", "1777").mount(NOSUID, NODEV, NOEXEC);
    }

    private void attachBelow(Held dev, String name, Held tree) {
        mounts.directory(dev.argument(), name, 0755, MUST);
        mounts.attach(tree, dev, name, MUST);
    }
}
