package org.emperor.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A small user database: root, www-data, and two accounts that nobody should be able to use. */
public final class FewAccounts implements Accounts {
    private static final Identity ROOT = new Identity("root", 0, 0, List.of(0, 4), "/root", "/bin/bash");
    private static final Map<String, Identity> USERS = Map.of(
            "root", ROOT,
            "www-data", new Identity("www-data", 33, 33, List.of(33, 50, 4), "/var/www", "/usr/sbin/nologin"),
            "overflow", new Identity("overflow", 65535, 1, List.of(1), "/", "/bin/sh"),
            "wide", new Identity("wide", 7, -1, List.of(), "/", "/bin/sh"));
    private static final Map<String, Integer> GROUPS =
            Map.of("root", 0, "www-data", 33, "staff", 50, "docker", 999, "overflow", 65535);

    @Override
    public Optional<Identity> user(String nameOrNumber) {
        return nameOrNumber.matches("\\d+")
                ? Optional.of(number(Integer.parseInt(nameOrNumber)))
                : Optional.ofNullable(USERS.get(nameOrNumber));
    }

    private static Identity number(int uid) {
        return USERS.values().stream()
                .filter(user -> user.uid() == uid)
                .findFirst()
                .orElse(new Identity(Integer.toString(uid), uid, uid, List.of(uid), "/", "/bin/sh"));
    }

    @Override
    public OptionalInt group(String nameOrNumber) {
        if (nameOrNumber.matches("\\d+")) {
            return OptionalInt.of(Integer.parseInt(nameOrNumber));
        }
        return GROUPS.containsKey(nameOrNumber) ? OptionalInt.of(GROUPS.get(nameOrNumber)) : OptionalInt.empty();
    }

    @Override
    public Identity self() {
        return ROOT;
    }
}
