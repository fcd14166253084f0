package org.emperor.spec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.emperor.lang.Shown;

/** Resolves users and groups with the host's user database. */
final class IdentityReader {
    private final Accounts accounts;

    IdentityReader(Accounts accounts) {
        this.accounts = accounts;
    }

    Identity read(Sheet sheet) {
        Identity user = sheet.value(Options.UID, this::user).orElseGet(accounts::self);
        int primary = sheet.value(Options.GID, this::group).orElse(user.gid());
        boolean none = sheet.has(Options.NO_INITGROUPS) && sheet.valueOrStandard(Options.NO_INITGROUPS, Forms::flag);
        Set<Integer> groups = none ? new LinkedHashSet<>(List.of(primary)) : groups(user, primary);
        if (sheet.has(Options.ADD_GID)) {
            groups.addAll(sheet.values(Options.ADD_GID, this::group));
        }
        return new Identity(user.user(), user.uid(), primary, new ArrayList<>(groups), user.home(), user.shell());
    }

    /**
     * As initgroups(3) with this group: the user's supplementary groups, and the primary one also among them, because a
     * file that denies a group tests both and programs drop the primary one (cri-o 8268). The group that another
     * {@code gid} replaces is gone.
     */
    private static Set<Integer> groups(Identity user, int primary) {
        Set<Integer> groups = new LinkedHashSet<>(List.of(primary));
        for (Integer group : user.groups()) {
            if (group != user.gid()) {
                groups.add(group);
            }
        }
        return groups;
    }

    Parsed<Identity> user(String text) {
        return Ids.account(text).then(account -> {
            Optional<Identity> user = accounts.user(account);
            if (user.isEmpty()) {
                return unknown("user", account);
            }
            int uid = user.get().uid();
            int gid = user.get().gid();
            return Ids.isUsable(uid) && Ids.isUsable(gid)
                    ? Parsed.value(user.get())
                    : unusable("user", account, Ids.isUsable(uid) ? gid : uid);
        });
    }

    Parsed<Integer> group(String text) {
        return Ids.account(text).then(account -> {
            OptionalInt group = accounts.group(account);
            if (group.isEmpty()) {
                return unknown("group", account);
            }
            int gid = group.getAsInt();
            return Ids.isUsable(gid) ? Parsed.value(gid) : unusable("group", account, gid);
        });
    }

    private static <T> Parsed<T> unknown(String kind, String account) {
        return Parsed.unfit(
                "this host has no " + kind + " " + Shown.quoted(account), "make that " + kind + ", or write a number");
    }

    private static <T> Parsed<T> unusable(String kind, String account, int id) {
        return Parsed.unfit(
                kind + " " + Shown.quoted(account) + " has the id " + Integer.toUnsignedString(id)
                        + ", which the kernel can take for none",
                "give that " + kind + " another id");
    }
}
