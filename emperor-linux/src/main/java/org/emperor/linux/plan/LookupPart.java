package org.emperor.linux.plan;

import static org.emperor.linux.plan.MountSteps.IF_THERE;
import static org.emperor.linux.plan.MountSteps.MUST;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.emperor.jail.Quoted;

/**
 * The files that names are looked up with, made for one jail: written to a file system in memory and mounted over those of
 * the root, in which nothing is written.
 */
final class LookupPart {
    private static final long WRITE_NEW = 1 | 0100 | 0200 | 0x80000;

    private final StepList steps;
    private final MountSteps mounts;
    private final RequestedMountsPart requested;
    private final LookupSettings lookup;
    private final String servers;
    private final String hosts;

    /** @param requested which knows where the plan itself has made an empty place */
    LookupPart(
            StepList steps,
            MountSteps mounts,
            RequestedMountsPart requested,
            LookupSettings lookup,
            String servers,
            String hosts) {
        this.steps = steps;
        this.mounts = mounts;
        this.requested = requested;
        this.lookup = lookup;
        this.servers = servers;
        this.hosts = hosts;
    }

    /** Makes the files, in the file system of masks. */
    void write(Held files) {
        if (lookup.makesResolvConf()) {
            write(files, "resolv.conf", servers);
        }
        if (lookup.ownHosts()) {
            write(files, "hosts", hosts);
        }
    }

    /** Mounts them from there, when it is attached: before 6.15 only what is attached can be cloned. */
    void attach(Held files) {
        if (lookup.makesResolvConf()) {
            cover(files, "resolv.conf", lookup.asksServers());
        }
        if (lookup.ownHosts()) {
            cover(files, "hosts", lookup.asksHosts());
        }
    }

    private void write(Held files, String name, String text) {
        String object = "write " + name + " of the jail";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int step = steps.call(
                object,
                Call.OPENAT,
                files.argument(),
                Argument.path(name),
                Argument.constant(WRITE_NEW, "O_WRONLY|O_CREAT|O_EXCL|O_CLOEXEC"),
                Argument.octal(0444));
        Held file = new Held(step, name);
        steps.call(
                object,
                Call.WRITE,
                file.argument(),
                Argument.bytes(Quoted.of(text), bytes),
                Argument.number(bytes.length));
        steps.call(object, Call.CLOSE, file.argument());
    }

    /** A link is covered itself: where it leads does not matter. */
    private void cover(Held files, String name, boolean must) {
        String path = "/etc/" + name;
        requested.makeFile(path);
        List<Integer> tolerated = must ? MUST : IF_THERE;
        Held place = mounts.openItself(path, tolerated);
        mounts.where(place, tolerated, () -> mounts.attach(mounts.clone(files, name, MUST), place, MUST));
    }
}
