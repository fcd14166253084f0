package org.emperor.linux.plan;

import java.util.List;
import java.util.OptionalInt;
import org.emperor.jail.PlanRefusal;

/**
 * Turns profiles into programs for the kernel. A library of the host does that, so it is no part of planning: a plan only
 * carries the outcome.
 */
public interface Filters {

    /** No library at all: refuses every profile. */
    Filters NONE = request -> {
        throw new PlanRefusal("filters of system calls cannot be compiled here");
    };

    /**
     * What a profile's meaning depends on.
     *
     * @param capabilities those the file grants, as a set; a profile may allow the calls that need them
     * @param kernel the release that runs, such as {@code 6.1}
     */
    record Request(SeccompProfile profile, Arch arch, long capabilities, String kernel) {

        /** Whether a capability is among them, by the kernel's name for it. */
        public boolean grants(String capability) {
            OptionalInt number = Capability.number(capability);
            return number.isPresent() && (capabilities >>> number.getAsInt() & 1) != 0;
        }
    }

    /**
     * The filters to be installed one after the other, each an array of struct sock_filter.
     *
     * @throws PlanRefusal with a rule and a remedy if there is no library, or the profile is broken
     */
    List<Filter> compile(Request request);

    /** @param about what it does, for a printed plan */
    @SuppressWarnings("ArrayRecordComponent") // never changed, never compared
    record Filter(byte[] program, String about) {}
}
