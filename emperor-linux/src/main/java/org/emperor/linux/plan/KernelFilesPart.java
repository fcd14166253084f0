package org.emperor.linux.plan;

import static org.emperor.linux.plan.MountAttribute.NODEV;
import static org.emperor.linux.plan.MountAttribute.NOEXEC;
import static org.emperor.linux.plan.MountAttribute.NOSUID;
import static org.emperor.linux.plan.MountAttribute.RDONLY;
import static org.emperor.linux.plan.MountSteps.IF_HELD;
import static org.emperor.linux.plan.MountSteps.IF_THERE;
import static org.emperor.linux.plan.MountSteps.MUST;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the kernel shows of itself in the jail: /proc, /sys and the cgroup tree. */
final class KernelFilesPart {
    private static final List<Integer> IF_ALLOWED = List.of(1); // EPERM
    private static final MountAttribute[] READABLE = {RDONLY, NOSUID, NODEV, NOEXEC};

    /** As runc's and Docker's defaults; not every kernel has all. Covered because they tell too much of the host. */
    private static final List<String> MASKED_FILES = List.of(
            "/proc/interrupts",
            "/proc/kcore",
            "/proc/keys",
            "/proc/kmsg",
            "/proc/latency_stats",
            "/proc/sched_debug",
            "/proc/timer_list",
            "/proc/timer_stats");

    private static final List<String> MASKED_DIRECTORIES =
            List.of("/proc/acpi", "/proc/asound", "/proc/scsi", "/sys/firmware", "/sys/devices/virtual/powercap");

    /** The same of /proc, because they rule the host. */
    private static final List<String> READ_ONLY = List.of("bus", "fs", "irq", "sys", "sysrq-trigger");

    private final MountSteps mounts;
    private final LinuxFacts facts;
    private final JailSettings jail;
    private final FileSystemSettings files;
    private final boolean makesSysEarly;
    private @Nullable Held proc;
    private @Nullable Held sys;

    KernelFilesPart(MountSteps mounts, LinuxFacts facts, JailSettings jail) {
        this.mounts = mounts;
        this.facts = facts;
        this.jail = jail;
        this.files = jail.files();
        boolean isHosts = facts.root() && facts.own().uids().equals(IdMap.WHOLE);
        this.makesSysEarly = !isHosts || jail.entersUserNamespace();
    }

    /**
     * Makes what is attached later. A user namespace may have a /proc and a /sys only while others can be seen whole, which
     * they no longer are when the root has changed. What can wait is made where there is a place for it: the kernel waits
     * for all processors to let go of what was made in vain (dissolve_on_fput, fs/namespace.c).
     */
    void prepare() {
        if (mountsProc()) {
            FreshMount fresh = mounts.fresh("proc");
            // hidepid=invisible, by the number that kernels before 5.8 know too
            proc = (files.hideProc() ? fresh.with("hidepid", "2") : fresh).mount(NOSUID, NODEV, NOEXEC);
        }
        if (files.kernelMasks()) {
            prepareSys();
        }
    }

    private boolean mountsProc() {
        return (jail.has(Namespace.PID) || files.hideProc()) && !jail.hooks().mountsProc();
    }

    /** That of a network namespace shows its own interfaces; the kernel allows none where the host's is covered in part. */
    private void prepareSys() {
        if (jail.has(Namespace.NET)) {
            sys = makesSysEarly ? freshSys() : null;
        } else if (jail.hasOwnRoot()) {
            sys = mounts.clone(mounts.open("/sys", IF_THERE), IF_HELD);
            mounts.restrict(sys, IF_HELD, READABLE);
        }
    }

    private Held freshSys() {
        return mounts.fresh("sysfs").mount(IF_ALLOWED, READABLE);
    }

    /** A /proc that is there already must not become read-only with the rest: programs write to files of their own in it. */
    void holdProc() {
        boolean isThere = !jail.hasOwnRoot() || jail.hooks().mountsProc();
        if (proc == null && isThere && (files.readOnly() || files.kernelMasks())) {
            proc = mounts.clone(mounts.open("/proc", IF_THERE), IF_HELD);
        }
    }

    /** @param masks what takes what is mounted in the places, if that is to be detached too */
    void attach(@Nullable MaskSteps masks) {
        if (proc != null) {
            boolean mayLack = jail.hasOwnRoot(); // a bare one may have no /proc
            mounts.takeOut("/proc", masks);
            mounts.attach(proc, mounts.open("/proc", mayLack ? IF_THERE : MUST), mayLack ? IF_HELD : MUST);
        }
        attachSys();
        if (files.kernelMasks()
                && jail.has(Namespace.CGROUP)
                && !facts.cgroup2().isEmpty()) {
            mounts.takeOut("/sys/fs/cgroup", masks);
            Held place = mounts.open("/sys/fs/cgroup", IF_THERE);
            mounts.where(
                    place, IF_THERE, () -> mounts.attach(mounts.fresh("cgroup2").mount(READABLE), place, MUST));
        }
    }

    private void attachSys() {
        Held early = sys;
        if (early != null) {
            mounts.attach(early, mounts.open("/sys", IF_THERE), IF_HELD);
        } else if (files.kernelMasks() && jail.has(Namespace.NET)) {
            Held place = mounts.open("/sys", IF_THERE);
            mounts.where(place, IF_THERE, () -> mounts.attach(freshSys(), place, IF_HELD));
        } else if (files.kernelMasks() && !files.readOnly()) {
            mounts.restrict("/sys", IF_THERE, READABLE);
        }
    }

    void mask(MaskSteps masks) {
        MASKED_FILES.forEach(masks::file);
        MASKED_DIRECTORIES.forEach(masks::directory);
    }

    /** What rules the host, in /proc. */
    void restrictProc() {
        Held root = mounts.open("/proc", IF_THERE);
        mounts.where(root, IF_THERE, () -> {
            mounts.enter(root);
            for (String name : READ_ONLY) {
                mounts.bindHere(name, "/proc/" + name);
                mounts.restrict(name, IF_THERE, READABLE);
            }
        });
    }
}
