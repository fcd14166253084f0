package org.emperor.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emperor.jail.JailPlan;
import org.emperor.jail.NetworkStep;
import org.emperor.jail.PlanRefusal;
import org.emperor.linux.plan.LinkNames;
import org.emperor.linux.plan.LinkStep;
import org.emperor.linux.plan.LinkStep.Side;
import org.emperor.linux.sys.Errno;
import org.emperor.linux.sys.Fd;
import org.emperor.linux.sys.HostFiles;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.Links;
import org.emperor.linux.sys.Pauses;
import org.emperor.linux.sys.SyscallException;
import org.emperor.realm.IncarnationId;

/**
 * Makes and removes the wires between jails and their host, on launch threads. The kernel's answer to each request tells
 * truly what is wrong; a step of jail-init would see no more than that its message was sent.
 */
final class Wires {
    private static final int SETTLING_TRIES = 200; // of ten milliseconds; usually it is settled already

    private final Kernel kernel;
    private final HostFiles files;
    private final Addresses addresses = new Addresses();

    /** The two ends of one wire: the host's interfaces and the jail's. */
    private record Ends(Launch launch, Fd namespace, Links host, Links jail) {
        Links of(Side side) {
            return side == Side.HOST ? host : jail;
        }
    }

    Wires(Kernel kernel) {
        this.kernel = kernel;
        this.files = new HostFiles(kernel);
    }

    /** An address of the pool that nobody on this host has; the incarnation has it until {@link #remove}. */
    String grant(IncarnationId incarnation) {
        try (Links host = Links.here(kernel)) {
            return addresses
                    .grant(incarnation, it -> host.destination(it) == Links.Destination.NOWHERE_SPECIAL)
                    .map(address -> address.toString())
                    .orElseThrow(() -> new PlanRefusal("no address of 10.117.0.0/16 is free; give it a net-address"));
        }
    }

    /** @param ready the namespace made ahead; without one it is the one that the clone made */
    void make(Launch launch, JailPlan plan, Optional<Fd> ready) {
        if (plan.network().isEmpty()) {
            return;
        }
        if (ready.isPresent()) {
            make(launch, plan, ready.get());
            return;
        }
        try (Fd made = files.open("/proc/" + launch.pid + "/ns/net", HostFiles.READ)) {
            make(launch, plan, made);
        }
    }

    private void make(Launch launch, JailPlan plan, Fd namespace) {
        try (Links host = Links.here(kernel);
                Links jail = Links.of(kernel, namespace)) {
            Ends ends = new Ends(launch, namespace, host, jail);
            for (int i = 0; i < plan.network().size(); i++) {
                run(ends, plan.network().get(i), i);
            }
        }
    }

    private void run(Ends ends, NetworkStep step, int index) {
        try {
            String why = run(ends, (LinkStep) step);
            if (!why.isEmpty()) {
                throw new StepFailure("network", index, step.object(), why);
            }
        } catch (SyscallException e) {
            throw new StepFailure("network", index, step.object(), e);
        }
    }

    /** @return what is wrong though the kernel did not refuse it, or empty text */
    private String run(Ends ends, LinkStep step) {
        if (step instanceof LinkStep.Unused unused) {
            return claim(ends, unused);
        }
        if (step instanceof LinkStep.MakePair pair) {
            return makePair(ends, pair);
        }
        if (step instanceof LinkStep.Settle settle) {
            return settle(ends.jail(), settle);
        }
        if (step instanceof LinkStep.Sysctl sysctl) {
            set(sysctl);
        } else if (step instanceof LinkStep.Raise raise) {
            Links links = ends.of(raise.side());
            int bridge =
                    raise.bridge().isEmpty() ? 0 : links.link(raise.bridge()).index();
            links.raise(raise.link(), bridge, raise.alias());
        } else if (step instanceof LinkStep.Address address) {
            Links links = ends.of(address.side());
            links.give(links.link(address.link()).index(), address.network());
        } else if (step instanceof LinkStep.Route route) {
            lead(ends.of(route.side()), route);
        }
        return "";
    }

    private String claim(Ends ends, LinkStep.Unused unused) {
        IncarnationId holder = addresses.claim(unused.domain(), unused.address(), ends.launch().id);
        if (!holder.equals(ends.launch().id)) {
            return "vassal " + holder.vassal() + " has it";
        }
        return switch (ends.host().destination(unused.address())) {
            case NOWHERE_SPECIAL -> "";
            case ITSELF -> "the host has it itself";
            case A_NETWORK -> unused.far() ? "it is in a network that the host has a route to" : "";
        };
    }

    private String makePair(Ends ends, LinkStep.MakePair pair) {
        int host = pair.mtu();
        int jail = pair.mtu();
        if (!pair.bridge().isEmpty()) {
            Optional<Links.Link> bridge = bridge(ends.host(), pair.bridge());
            if (bridge.isEmpty()) {
                return "the host has no bridge of that name";
            }
            host = bridge.get().mtu(); // a shorter one would shorten the bridge's
            jail = jail == 0 ? host : jail;
        }
        if (jail > host) {
            return "an MTU of " + jail + " is above the bridge's of " + host;
        }
        ends.host()
                .makePair(
                        new Links.End(pair.host(), pair.hostMac(), host),
                        new Links.End(pair.jail(), pair.jailMac(), jail),
                        ends.namespace());
        ends.launch().hostEnd = pair.host();
        return "";
    }

    private static Optional<Links.Link> bridge(Links host, String name) {
        try {
            return Optional.of(host.link(name)).filter(link -> link.kind().equals("bridge"));
        } catch (SyscallException e) {
            if (!e.is(Errno.ENODEV)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Without IPv6 in the kernel there is nothing to be set. */
    private void set(LinkStep.Sysctl sysctl) {
        try {
            files.write(sysctl.path(), sysctl.value());
        } catch (SyscallException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    private static void lead(Links links, LinkStep.Route route) {
        int index = links.link(route.link()).index();
        if (route.isDirect()) {
            links.lead(index, route.by());
        } else {
            links.leadRest(index, route.by());
        }
    }

    private String settle(Links links, LinkStep.Settle settle) {
        int index = links.link(settle.link()).index();
        for (int i = 0; i < SETTLING_TRIES; i++) {
            if (links.isSettled(index, settle.address())) {
                return "";
            }
            Pauses.briefly(kernel);
        }
        return "the kernel does not come to it";
    }

    /** What was granted for a plan that then was none. */
    void keepOnlyIfPlanned(Launch launch) {
        if (launch.plan == null) {
            addresses.release(launch.id);
        }
    }

    /** Removes what was made for the incarnation; the kernel would, when it comes to clearing the namespace. */
    void remove(Launch launch) {
        JailPlan plan = launch.plan;
        if (plan == null || plan.network().isEmpty()) {
            return;
        }
        if (!launch.hostEnd.isEmpty()) {
            remove(launch.hostEnd);
            launch.hostEnd = "";
        }
        addresses.release(launch.id);
    }

    /** Removes the wires of a realm whose emperor was killed; the names of those that still stood. */
    List<String> removeLeft(String realmId) {
        List<String> removed = new ArrayList<>();
        for (String line : interfaces().split("\n", -1)) {
            String name = line.substring(0, Math.max(0, line.indexOf(':'))).strip();
            if (LinkNames.isHostEnd(name, realmId) && remove(name)) {
                removed.add("interface " + name);
            }
        }
        return removed;
    }

    /** Sandboxes leave files out. */
    private String interfaces() {
        try {
            return files.readWhole("/proc/thread-self/net/dev");
        } catch (SyscallException hidden) {
            return "";
        }
    }

    private boolean remove(String hostEnd) {
        try (Links host = Links.here(kernel)) {
            return host.remove(hostEnd);
        }
    }
}
