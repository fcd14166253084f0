package org.emperor.linux.plan;

import org.emperor.spec.VassalSpec;

/**
 * Takes from the program the capabilities that its file or preset does not leave it. In two places of the plan, for the
 * bounding set can only be changed with a right that the change of user ends.
 */
final class PrivilegePart {
    private final ProgramCalls calls;
    private final VassalSpec spec;
    private final LinuxFacts facts;
    private final JailSettings jail;
    private final Privileges privileges;

    PrivilegePart(StepList steps, VassalSpec spec, LinuxFacts facts, JailSettings jail) {
        this.calls = new ProgramCalls(steps);
        this.spec = spec;
        this.facts = facts;
        this.jail = jail;
        this.privileges = jail.privileges();
    }

    /** Before the change of user. */
    void boundCapabilities() {
        if (privileges.boundsCapabilities()) {
            calls.boundCapabilities(privileges.bounding(available()), facts.capLast());
        }
        if (isRaised()) {
            calls.set("keep capabilities over the change of user", ProgramCalls.PR_SET_KEEPCAPS, "PR_SET_KEEPCAPS");
        }
    }

    /** After the change of user, and after the ambient set was emptied. */
    void takeCapabilities() {
        long held = privileges.held(isRoot(), available());
        if (jail.has(Namespace.USER) || !isRoot() || privileges.boundsCapabilities()) {
            String object = isRaised() ? "hold " + Capability.words(held) : "empty the inheritable capabilities";
            calls.holdCapabilities(object, held, isRaised() ? held : 0);
        }
        for (int number : Capability.numbers(isRaised() ? held : 0)) {
            calls.raiseAmbientCapability(number);
        }
        if (privileges.noNewPrivs()) {
            calls.set("never gain privileges", ProgramCalls.PR_SET_NO_NEW_PRIVS, "PR_SET_NO_NEW_PRIVS");
        }
    }

    private boolean isRoot() {
        return spec.identity().uid() == 0;
    }

    /** Whether somebody else than root holds any. */
    private boolean isRaised() {
        return !isRoot() && privileges.held(false, available()) != 0;
    }

    private long available() {
        return available(facts, jail);
    }

    /** What the emperor can give. Over a user namespace of its own it has all rights. */
    static long available(LinuxFacts facts, JailSettings jail) {
        long known = Capability.upTo(facts.capLast());
        return jail.has(Namespace.USER) ? known : known & facts.means().capabilities();
    }
}
