package org.emperor.linux.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emperor.spec.ResourceLimit;

/**
 * What was found out about a jail that is to be entered.
 *
 * @param joins its namespaces that are not ours, in the order of {@link NamespaceFile}
 * @param builder who may build in its user namespace; root where it has none
 * @param groups whether supplementary groups can be set there
 * @param bounding the capabilities that programs in it can ever have, as a mask
 * @param capLast the greatest capability this kernel knows
 * @param noNewPrivileges whether its program runs under no_new_privs
 * @param limits those of its program
 * @param restraints what else binds that program, and the visitor too
 * @param environment beside the usual variables, which the vassal itself has already
 */
public record VisitFacts(
        Arch arch,
        List<NamespaceFile> joins,
        Builder builder,
        boolean groups,
        long bounding,
        int capLast,
        boolean noNewPrivileges,
        List<ResourceLimit> limits,
        Restraints restraints,
        Map<String, String> environment) {

    /** The ids inside that have the rights of a user namespace; root's, where it has a root. */
    public record Builder(long uid, long gid) {
        public static final Builder ROOT = new Builder(0, 0);
    }

    public VisitFacts {
        joins = List.copyOf(joins);
        limits = List.copyOf(limits);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }
}
