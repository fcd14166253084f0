package org.emperor.linux.plan;

import static org.emperor.linux.plan.MountAttribute.NODEV;
import static org.emperor.linux.plan.MountAttribute.NOEXEC;
import static org.emperor.linux.plan.MountAttribute.NOSUID;
import static org.emperor.linux.plan.MountAttribute.RDONLY;
import static org.emperor.linux.plan.MountSteps.IF_HELD;
import static org.emperor.linux.plan.MountSteps.IF_HELD_AND_THERE;
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
    private @Nullable Held proc;
    private @Nullable Held sys;
    private @Nullable Held cgroups;

    KernelFilesPart(MountSteps mounts, LinuxFacts facts, JailSettings jail) {
        this.mounts = mounts;
        this.facts = facts;
        this.jail = jail;
        this.files = jail.files();
    }

    /**
     * Makes what is attached later. A user namespace may have a /proc and a /sys only while others can be seen whole, which
     * they no longer are when the root has changed.
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
        if (files.kernelMasks()
                && jail.has(Namespace.CGROUP)
                && !facts.cgroup2().isEmpty()) {
            cgroups = mounts.fresh("cgroup2").mount(READABLE);
        }
    }

    private boolean mountsProc() {
        return (jail.has(Namespace.PID) || files.hideProc()) && !jail.hooks().mountsProc();
    }

    /** That of a network namespace shows its own interfaces; the kernel allows none where the host's is covered in part. */
    private void prepareSys() {
        if (jail.has(Namespace.NET)) {
            sys = mounts.fresh("sysfs").mount(IF_ALLOWED, READABLE);
        } else if (jail.hasOwnRoot()) {
            sys = mounts.clone(mounts.open("/sys", IF_THERE), IF_HELD);
            mounts.restrict(sys, IF_HELD, READABLE);
        }
    }

    /** A /proc that is there already must not become read-only with the rest: programs write to files of their own in it. */
    void holdProc() {
        boolean isThere = !jail.hasOwnRoot() || jail.hooks().mountsProc();
        if (proc == null && isThere && (files.readOnly() || files.kernelMasks())) {
            proc = mounts.clone(mounts.open("/proc", IF_THERE), IF_HELD);
        }
    }

    void attach() {
        if (proc != null) {
            boolean mayLack = jail.hasOwnRoot(); // a bare one may have no /proc
            mounts.detach("/proc");
            mounts.attach(proc, mounts.open("/proc", mayLack ? IF_THERE : MUST), mayLack ? IF_HELD : MUST);
        }
        if (sys != null) {
            mounts.attach(sys, mounts.open("/sys", IF_THERE), IF_HELD);
        } else if (files.kernelMasks() && !files.readOnly()) {
            mounts.restrict("/sys", IF_THERE, READABLE);
        }
        if (cgroups != null) {
            mounts.detach("/sys/fs/cgroup");
            mounts.attach(cgroups, mounts.open("/sys/fs/cgroup", IF_THERE), IF_HELD);
        }
    }

    void mask(MaskSteps masks) {
        MASKED_FILES.forEach(masks::file);
        MASKED_DIRECTORIES.forEach(masks::directory);
        Held root = mounts.open("/proc", IF_THERE);
        for (String name : READ_ONLY) {
            Held part = mounts.clone(root, name, IF_HELD_AND_THERE);
            mounts.restrict(part, IF_HELD, READABLE);
            mounts.attach(part, root, name, IF_HELD_AND_THERE);
        }
    }
}
