package org.emperor.linux.plan;

import java.util.List;
import org.emperor.spec.Form;
import org.emperor.spec.Group;
import org.emperor.spec.Option;

/** The keys about the ids of a user namespace. */
final class UserOptions {
    private UserOptions() {}

    static List<Option> table() {
        return List.of(
                Option.once(
                                "user-range",
                                Form.TEXT,
                                "auto",
                                "Which ids of the host the users and groups 0 to COUNT - 1 of the user namespace are: auto"
                                        + " for a range that belongs to this vassal alone and is kept over restarts, or"
                                        + " FIRST[:COUNT], with a COUNT of 65536 if it is not given. Vassals that are"
                                        + " given the same range are the same users to the host.")
                        .in(Group.JAIL),
                Option.list(
                                "uid-map",
                                Form.TEXT,
                                "INSIDE OUTSIDE COUNT: COUNT users of the user namespace from INSIDE are those of the host"
                                        + " from OUTSIDE. In place of user-range; no id may be mapped twice. Without a"
                                        + " line for 0 nobody inside is root. An emperor that is not root can map its own"
                                        + " user only, and does so for the user that the program runs as.")
                        .in(Group.JAIL),
                Option.list("gid-map", Form.TEXT, "The same for groups; as uid-map if it is not given.")
                        .in(Group.JAIL),
                Option.once(
                                "map-host-users",
                                Form.FLAG,
                                "false",
                                "Whether the maps may give the vassal ids below 65536, which users of the host have, root"
                                        + " perhaps among them.")
                        .in(Group.JAIL),
                Option.once(
                                "root-idmap",
                                Form.FLAG,
                                "false",
                                "Whether the files of the jail's root, the directory of namespace, pivot-root or chroot,"
                                        + " belong inside to whom they belong on disk, by a mount whose ids are mapped:"
                                        + " without it files of the host's root are nobody's inside. Needs user and fs in"
                                        + " clone, an emperor that is root, and Linux 5.12. Root inside can then make"
                                        + " set-user-id programs of the host's root there: no other user of the host may"
                                        + " reach the directory, so let a directory above it have the mode 0700.")
                        .in(Group.JAIL));
    }
}
