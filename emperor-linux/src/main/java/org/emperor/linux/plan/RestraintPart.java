package org.emperor.linux.plan;

import org.emperor.jail.Arg;
import org.emperor.linux.plan.Filters.Filter;

/** Puts a process under restraints, of which the filters come last: they could forbid what else is to be done. */
final class RestraintPart {
    private static final int SECCOMP_SET_MODE_FILTER = 1;
    private static final int BYTES_OF_AN_INSTRUCTION = 8;

    private final StepList steps;
    private final Restraints restraints;

    RestraintPart(StepList steps, Restraints restraints) {
        this.steps = steps;
        this.restraints = restraints;
    }

    /** When no step needs another file any more. */
    void restrictAccess() {
        restraints.landlock().ifPresent(rules -> new LandlockPart(steps, rules, restraints.version()).confine());
    }

    /** The same of a process that comes later, and whose standard streams are not the vassal's. */
    void restrictVisitor() {
        restraints.landlock().ifPresent(rules -> new LandlockPart(steps, rules, restraints.version()).confineVisitor());
    }

    void filterCalls() {
        for (Filter filter : restraints.filters()) {
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
}
