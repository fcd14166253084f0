package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a vassal's {@code setns-socket} says.
 *
 * @param address a path of the host, or {@code @} and a name
 * @param mode of the socket's file
 * @param uid its owner, and who besides root is served at an abstract address
 * @param skipped names of {@code /proc/PID/ns} that are not given away
 * @param preopened whether the namespaces are opened once rather than for each client
 */
public record NamespaceOffer(String address, int mode, int uid, int gid, Set<String> skipped, boolean preopened) {
    public NamespaceOffer {
        skipped = Set.copyOf(skipped);
    }

    /**
     * What is given away of the names in {@code /proc/PID/ns}, in their order, as uWSGI does; but for {@code user}: the
     * others can be joined only after it, where it is joined at all.
     */
    public List<String> given(List<String> there) {
        List<String> given = new ArrayList<>();
        for (String name : there) {
            if (!skipped.contains(name)) {
                given.add(name.equals(NamespaceFile.USER.toString()) ? 0 : given.size(), name);
            }
        }
        return given;
    }

    public boolean isAbstract() {
        return address.startsWith("@");
    }
}
