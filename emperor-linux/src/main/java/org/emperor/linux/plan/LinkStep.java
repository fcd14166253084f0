package org.emperor.linux.plan;

import org.emperor.jail.NetworkStep;

/** One request to rtnetlink(7), or one sysctl of an interface that rtnetlink cannot set. */
public sealed interface LinkStep extends NetworkStep {

    /** Whose interface, address or route it is. */
    enum Side {
        HOST,
        JAIL;

        @Override
        public String toString() {
            return this == HOST ? "host" : "jail";
        }
    }

    /**
     * The address must be nobody's: the host does not have it, and, if it is to be far from all, reaches it by nothing but
     * its default route.
     *
     * @param domain where two vassals with the same address are in each other's way
     */
    record Unused(IpAddress address, boolean far, String domain) implements LinkStep {
        @Override
        public String text() {
            return "RTM_GETROUTE host {dst=" + address + "} = " + (far ? "none but the default" : "not local");
        }

        @Override
        public String object() {
            return "see that nobody has " + address;
        }
    }

    /**
     * Two interfaces that are the ends of one wire, veth(4).
     *
     * @param mtu 0 for the bridge's, or the kernel's if there is none
     */
    record MakePair(String host, String hostMac, String jail, String jailMac, int mtu, String bridge)
            implements LinkStep {
        @Override
        public String text() {
            String length = mtu > 0 ? ", mtu=" + mtu : bridge.isEmpty() ? "" : ", mtu of " + bridge;
            return "RTM_NEWLINK host {kind=veth, name=\"" + host + "\", mac=" + hostMac + ", peer={name=\"" + jail
                    + "\", mac=" + jailMac + length + ", netns=jail}}";
        }

        @Override
        public String object() {
            return "make " + jail + " in the jail and its other end " + host
                    + (bridge.isEmpty() ? "" : " for " + bridge);
        }
    }

    /** A file below {@code /proc/sys/net}; where it is missing the kernel lacks what it would bound. */
    record Sysctl(String path, String value) implements LinkStep {
        @Override
        public String text() {
            return "write(\"" + path + "\", \"" + value + "\")  (may fail)";
        }

        @Override
        public String object() {
            return "write \"" + value + "\" to " + path;
        }
    }

    /**
     * Sets an interface up.
     *
     * @param bridge of which it becomes a port; empty for none
     * @param alias what people see beside its name; empty for none
     */
    record Raise(Side side, String link, String bridge, String alias) implements LinkStep {
        @Override
        public String text() {
            String master = bridge.isEmpty() ? "" : ", master=\"" + bridge + "\"";
            String name = alias.isEmpty() ? "" : ", alias=\"" + alias + "\"";
            return "RTM_NEWLINK " + side + " {name=\"" + link + "\"" + master + name + ", flags=IFF_UP}";
        }

        @Override
        public String object() {
            return (bridge.isEmpty() ? "raise " : "make a port of bridge " + bridge + " of ") + link;
        }
    }

    /** Gives an interface an address. */
    record Address(Side side, String link, IpNetwork network) implements LinkStep {
        @Override
        public String text() {
            return "RTM_NEWADDR " + side + " {dev=\"" + link + "\", address=" + network + "}";
        }

        @Override
        public String object() {
            return "give " + link + " " + network;
        }
    }

    /** Waits until an IPv6 address can be used; the kernel needs a moment. */
    record Settle(String link, IpAddress address) implements LinkStep {
        @Override
        public String text() {
            return "RTM_GETADDR jail {dev=\"" + link + "\", address=" + address + "} = not tentative";
        }

        @Override
        public String object() {
            return "wait until " + link + " can use " + address;
        }
    }

    /**
     * Leads somewhere by an interface.
     *
     * @param to for a prefix of 0, everywhere
     * @param by the gateway; the address {@code to} itself where it is at the other end of the wire
     */
    record Route(Side side, String link, IpNetwork to, IpAddress by) implements LinkStep {
        @Override
        public String text() {
            String gateway = isDirect() ? "" : ", gateway=" + by;
            return "RTM_NEWROUTE " + side + " {dst=" + destination() + gateway + ", dev=\"" + link + "\"}";
        }

        @Override
        public String object() {
            return "route " + destination() + (isDirect() ? "" : " by " + by) + " over " + link;
        }

        public boolean isDirect() {
            return to.prefix() > 0;
        }

        private String destination() {
            return to.prefix() == 0 ? "default" : to.toString();
        }
    }
}
