package org.emperor.linux.plan;

import org.emperor.jail.Arg;
import org.emperor.linux.plan.Filters.Filter;
import org.emperor.spec.VassalSpec;

/**
 * Takes from the program what its file or preset does not leave it. In three places of the plan, for the bounding set can
 * only be changed with a right that the change of user ends, and a filter could forbid the steps before it.
 */
final class PrivilegePart {
    private static final int SECCOMP_SET_MODE_FILTER = 1;
    private static final int BYTES_OF_AN_INSTRUCTION = 8;

    private final StepList steps;
    private final ProgramCalls calls;
    private final VassalSpec spec;
    private final LinuxFacts facts;
    private final JailSettings jail;
    private final Privileges privileges;
    private final Filters filters;

    PrivilegePart(StepList steps, VassalSpec spec, LinuxFacts facts, JailSettings jail, Filters filters) {
        this.steps = steps;
        this.calls = new ProgramCalls(steps);
        this.spec = spec;
        this.facts = facts;
        this.jail = jail;
        this.privileges = jail.privileges();
        this.filters = filters;
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

    /** When no step needs another file any more. */
    void restrictAccess() {
        privileges.landlock().ifPresent(rules -> new LandlockPart(
                        steps, rules, facts.confinement().landlock())
                .confine());
    }

    /** Right before the exec. */
    void filterCalls() {
        privileges.seccomp().ifPresent(this::filter);
    }

    private void filter(SeccompProfile profile) {
        for (Filter filter : filters.compile(request(profile, privileges, facts))) {
            int length = filter.program().length / BYTES_OF_AN_INSTRUCTION;
            byte[] header = Argument.header(length);
            steps.call(
                    "install the filter " + filter.about(),
                    Call.SECCOMP,
                    Argument.constant(SECCOMP_SET_MODE_FILTER, "SECCOMP_SET_MODE_FILTER"),
                    Argument.number(0),
                    new Argument(
                            new Arg.Pointing(header, Long.BYTES, filter.program()),
                            "{len=" + length + ", filter=[" + filter.about() + "]}"));
        }
    }

    static Filters.Request request(SeccompProfile profile, Privileges privileges, LinuxFacts facts) {
        long granted = privileges.boundsCapabilities() ? privileges.bounding().of(Capability.upTo(facts.capLast())) : 0;
        return new Filters.Request(profile, facts.arch(), granted, facts.kernel());
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
