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

    /** @param masks what takes what is mounted there, or what it is to cover */
    void attach(@Nullable MaskSteps masks) {
        Held fresh =
                mounts.fresh("tmpfs").with("size", "64k").with("mode", "0755").mount(NOSUID, NOEXEC);
        mounts.takeOut("/dev", masks);
        Held place = mounts.open("/dev", MUST);
        if (masks != null && !masks.isOverRoot()) {
            masks.coverAt(place);
        }
        mounts.attach(fresh, place, MUST);
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
        mounts.enter(dev);
        mountBelow(dev, "devpts", "pts", terminals(), NOSUID, NOEXEC);
        mountBelow(dev, "tmpfs", "shm", "size=64m,mode=1777", NOSUID, NODEV, NOEXEC);
        if (jail.has(Namespace.IPC)) {
            mountBelow(dev, "mqueue", "mqueue", "", NOSUID, NODEV, NOEXEC);
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
    private String terminals() {
        boolean hasTty = maps == null || maps.hostGid(TTY) != -1;
        return "mode=0620,ptmxmode=0666" + (hasTty ? ",gid=" + TTY : "");
    }

    private void mountBelow(Held dev, String type, String name, String data, MountAttribute... attributes) {
        mounts.directory(dev.argument(), name, 0755, MUST);
        mounts.mountHere(type, name, "/dev/" + name, data, attributes);
    }
}
