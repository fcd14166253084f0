package org.emperor.linux.plan;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.emperor.linux.plan.UnshareSettings.Refork;

/** Namespaces as steps: what each new one needs, and those that unshare(2) makes. */
final class UnsharePart {
    private static final long MS_REC_PRIVATE = 16384 | 1 << 18;

    private final StepList steps;
    private final JailSettings jail;

    UnsharePart(StepList steps, JailSettings jail) {
        this.steps = steps;
        this.jail = jail;
    }

    void unshareEarly() {
        unshare(jail.unshare().early(), "");
    }

    void unshareLate() {
        unshare(jail.unshare().late(), " after the root has changed");
    }

    /** All but a PID namespace, whose first process would be whatever is forked next: a hook, and gone with it. */
    private void unshare(Set<Namespace> namespaces, String when) {
        Set<Namespace> now = EnumSet.noneOf(Namespace.class);
        now.addAll(namespaces);
        now.remove(Namespace.PID);
        if (!now.isEmpty()) {
            call("make namespaces " + Namespace.words(now) + when, now);
        }
        if (namespaces.contains(Namespace.PID)) {
            refork(Refork.AT_ONCE);
        }
        furnish(namespaces, false);
    }

    private void call(String object, Set<Namespace> namespaces) {
        Argument flags = Argument.constant(Namespace.flags(namespaces), Namespace.text(namespaces));
        steps.call(object, Call.UNSHARE, flags);
    }

    /**
     * Host name, loopback, and mounts that show nowhere else.
     *
     * @param networkReady whether the network namespace was made ahead and has its loopback
     */
    void furnish(Set<Namespace> namespaces, boolean networkReady) {
        if (namespaces.contains(Namespace.UTS)) {
            jail.hostname().ifPresent(this::setHostname);
        }
        if (namespaces.contains(Namespace.NET) && !networkReady) {
            raiseLoopback();
        }
        if (namespaces.contains(Namespace.FS)) {
            // Never rely on the host's default: systemd makes / shared, and every mount here would show outside.
            new MountPart(steps).mount("make all mounts private", "", "/", "", MS_REC_PRIVATE, "");
        }
    }

    /** A PID namespace, if it is to be made now, and the fork whose child is its first process and goes on. */
    void refork(Refork when) {
        if (jail.unshare().has(Namespace.PID) && jail.unshare().refork() == when) {
            call("make a PID namespace", EnumSet.of(Namespace.PID));
            steps.refork();
        }
    }

    private void setHostname(String name) {
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        steps.call("set host name " + name, Call.SETHOSTNAME, Argument.path(name), Argument.number(length));
    }

    private void raiseLoopback() {
        int socket = steps.call(
                "open a socket to raise lo",
                Call.SOCKET,
                Argument.constant(Loopback.AF_INET, "AF_INET"),
                Argument.constant(Loopback.SOCK_DGRAM_CLOEXEC, "SOCK_DGRAM|SOCK_CLOEXEC"),
                Argument.number(0));
        steps.call(
                "raise interface lo",
                Call.IOCTL,
                Argument.result(socket, "socket"),
                Argument.constant(Loopback.SIOCSIFFLAGS, "SIOCSIFFLAGS"),
                Argument.bytes("{ifr_name=\"lo\", ifr_flags=IFF_UP|IFF_RUNNING}", Loopback.request()));
        steps.call("close the socket", Call.CLOSE, Argument.result(socket, "socket"));
    }
}
