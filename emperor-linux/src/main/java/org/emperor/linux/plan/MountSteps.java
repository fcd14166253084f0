package org.emperor.linux.plan;

import static org.emperor.linux.plan.MountAttribute.NODEV;
import static org.emperor.linux.plan.MountAttribute.NOSUID;
import static org.emperor.linux.plan.StepList.EBADF;
import static org.emperor.linux.plan.StepList.ENOENT;
import static org.emperor.linux.plan.StepList.ENOTDIR;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mounts by descriptors: a tree is made or cloned detached, gets its flags while nobody can reach it, and is attached to
 * what a descriptor already holds. No path is looked up twice, so nobody can exchange what it names between two looks, and
 * no symbolic link in it is followed: a tenant who owns a directory on the way could aim one at another place
 * (CVE-2021-30465, CVE-2024-45310). Descriptors are close-on-exec, and closed when jail-init settles.
 */
final class MountSteps {
    private static final int EEXIST = 17;
    private static final int EINVAL = 22;

    /** How a step may fail: never; because there is no such thing; because an earlier one failed so; because there is one. */
    static final List<Integer> MUST = List.of();

    static final List<Integer> IF_THERE = List.of(ENOENT, ENOTDIR);
    static final List<Integer> IF_HELD = List.of(EBADF);
    static final List<Integer> IF_NEW = List.of(EEXIST);

    private static final List<Integer> IF_MOUNTED = List.of(EINVAL, ENOENT, ENOTDIR);

    /** What paths that begin with / are looked up without. */
    static final Argument HERE = Argument.constant(-100, "AT_FDCWD");

    private static final Argument EMPTY = Argument.path("");
    private static final long MS_BIND = 4096;
    private static final long MS_BIND_REC = 4096 | 16384;
    private static final long O_PATH_CLOEXEC = 0x200000 | 0x80000;
    private static final long RESOLVE_NO_LINKS = 2 | 4;
    private static final long OPEN_HOW_SIZE = 24;
    private static final long MOUNT_ATTR_SIZE = 32;
    private static final long CLONE_CLOEXEC = 1 | 0x80000;
    private static final long RECURSIVE = 0x8000;
    private static final long EMPTY_PATH = 0x1000;
    private static final long FROM_EMPTY = 4;
    private static final long TO_EMPTY = 0x40;
    private static final long DETACH = 2;
    private static final long DETACH_NOFOLLOW = 2 | 8;
    private static final int REGULAR = 0100000;

    private final StepList steps;

    MountSteps(StepList steps) {
        this.steps = steps;
    }

    FreshMount fresh(String type) {
        return new FreshMount(steps, type);
    }

    /** Holds what the path names, for a clone or as a place to attach to. */
    Held open(String path, List<Integer> tolerated) {
        return open(path, O_PATH_CLOEXEC, "O_PATH|O_CLOEXEC", tolerated);
    }

    /** The same, but a link at the end of the path is what is held, to be covered itself. */
    Held openItself(String path, List<Integer> tolerated) {
        return open(
                "find " + path + ", which is to be covered",
                path,
                O_PATH_CLOEXEC | steps.arch().noFollow(),
                "O_PATH|O_NOFOLLOW|O_CLOEXEC",
                tolerated);
    }

    Held open(String path, long flags, String text, List<Integer> tolerated) {
        return open("open " + path + " without following links", path, flags, text, tolerated);
    }

    private Held open(String object, String path, long flags, String text, List<Integer> tolerated) {
        String how = "{flags=" + text + ", resolve=RESOLVE_NO_MAGICLINKS|RESOLVE_NO_SYMLINKS}";
        int step = steps.step(
                object,
                tolerated,
                Call.OPENAT2,
                HERE,
                Argument.path(path),
                Argument.longs(how, flags, 0, RESOLVE_NO_LINKS),
                Argument.number(OPEN_HOW_SIZE));
        return new Held(step, path);
    }

    /** A detached clone of the tree that is held, all that is mounted in it included. */
    Held clone(Held tree, List<Integer> tolerated) {
        int step = steps.step(
                "clone " + tree.name(),
                tolerated,
                Call.OPEN_TREE,
                tree.argument(),
                EMPTY,
                Argument.constant(
                        CLONE_CLOEXEC | RECURSIVE | EMPTY_PATH,
                        "OPEN_TREE_CLONE|OPEN_TREE_CLOEXEC|AT_RECURSIVE|AT_EMPTY_PATH"));
        return new Held(step, tree.name());
    }

    /** A detached clone of what has this name in an attached tree. */
    Held clone(Held tree, String name, List<Integer> tolerated) {
        int step = steps.step(
                "clone " + tree.name() + "/" + name,
                tolerated,
                Call.OPEN_TREE,
                tree.argument(),
                Argument.path(name),
                Argument.constant(CLONE_CLOEXEC | RECURSIVE, "OPEN_TREE_CLONE|OPEN_TREE_CLOEXEC|AT_RECURSIVE"));
        return new Held(step, tree.name() + "/" + name);
    }

    /** Adds these to the flags of a tree, those mounted in it included. */
    void restrict(Held tree, List<Integer> tolerated, MountAttribute... attributes) {
        setAttributes(
                tree.name(),
                tolerated,
                tree.argument(),
                EMPTY,
                Argument.constant(EMPTY_PATH | RECURSIVE, "AT_EMPTY_PATH|AT_RECURSIVE"),
                attributes);
    }

    /** The same of what is mounted at a path; the root, or a place in it that no tenant can exchange. */
    void restrict(String path, List<Integer> tolerated, MountAttribute... attributes) {
        Argument flags = Argument.constant(RECURSIVE, "AT_RECURSIVE");
        setAttributes(path, tolerated, HERE, Argument.path(path), flags, attributes);
    }

    private void setAttributes(
            String name,
            List<Integer> tolerated,
            Argument at,
            Argument path,
            Argument flags,
            MountAttribute... attributes) {
        String text = MountAttribute.text(attributes);
        steps.step(
                "set " + text + " of " + name,
                tolerated,
                Call.MOUNT_SETATTR,
                at,
                path,
                flags,
                Argument.longs("{attr_set=" + text + "}", MountAttribute.value(attributes), 0, 0, 0),
                Argument.number(MOUNT_ATTR_SIZE));
    }

    /**
     * Takes what is mounted there out of the jail, so that what is put in its place covers nothing. In a user namespace the
     * kernel locks what came from outside (EINVAL): there it stays covered for good.
     */
    void detach(String path) {
        steps.attempt(
                "detach " + path,
                IF_MOUNTED,
                Call.UMOUNT2,
                Argument.path(path),
                Argument.constant(DETACH_NOFOLLOW, "MNT_DETACH|UMOUNT_NOFOLLOW"));
    }

    /** Takes what the working directory is the root of out of the jail. */
    void detachHere(String name) {
        steps.call("detach <" + name + ">", Call.UMOUNT2, Argument.path("."), Argument.constant(DETACH, "MNT_DETACH"));
    }

    /** Goes there: relative paths begin at what is held, whatever its path names by then. */
    void enter(Held place) {
        steps.call("enter <" + place.name() + ">", Call.FCHDIR, place.argument());
    }

    /**
     * Mounts a new file system on a name in the directory entered last, or on that itself. One call instead of seven where
     * nothing has to be done to it before it is attached.
     *
     * @param object where that is, for a message
     * @param data its parameters, mount(8)
     */
    void mountHere(String type, String name, String object, String data, MountAttribute... attributes) {
        long flags = MountAttribute.value(attributes); // mount(2) has the same bits
        steps.call("mount " + type + " on " + object, Call.MOUNT, MountPart.arguments(type, name, type, flags, data));
    }

    /**
     * Makes a name in the directory entered last, if it is there, a mount of its own, which can be restricted.
     *
     * @param object where that is, for a message
     */
    void bindHere(String name, String object) {
        Argument[] arguments = MountPart.arguments(name, name, "", MS_BIND_REC, "");
        steps.attempt("bind " + object + " on itself", IF_THERE, Call.MOUNT, arguments);
    }

    /** Covers what has this name, if there is such a thing, by what has that one in the directory entered last. */
    void cover(String path, String by) {
        Argument[] arguments = MountPart.arguments(by, path, "", MS_BIND, "");
        steps.attempt("mask " + path, IF_THERE, Call.MOUNT, arguments);
    }

    /** A new one that nobody can reach yet. */
    Held tmpfs(String size, String mode, int uid, int gid) {
        return fresh("tmpfs")
                .with("size", size)
                .with("mode", mode)
                .ownedBy(uid, gid)
                .mount(NOSUID, NODEV);
    }

    /** What is done to a place only if it is there. */
    void where(Held place, List<Integer> tolerated, Runnable body) {
        if (tolerated.isEmpty()) {
            body.run();
        } else {
            steps.onlyIf(place, body);
        }
    }

    /** Detaches what is mounted there at once, or with the masks' tree if that is to be detached too. */
    void takeOut(String path, @Nullable MaskSteps masks) {
        if (masks != null && masks.isOverRoot()) {
            masks.take(path);
        } else {
            detach(path);
        }
    }

    /** Puts what is mounted there into a tree of our own, under the conditions of {@link #detach}. */
    void move(String path, Held tree, String name) {
        steps.attempt(
                "move " + path + " to <" + tree.name() + ">/" + name,
                IF_MOUNTED,
                Call.MOVE_MOUNT,
                HERE,
                Argument.path(path),
                tree.argument(),
                Argument.path(name),
                Argument.number(0));
    }

    /** Attaches a detached tree to what is held. */
    void attach(Held tree, Held place, List<Integer> tolerated) {
        steps.step(
                "mount " + tree.name() + " on " + place.name(),
                tolerated,
                Call.MOVE_MOUNT,
                tree.argument(),
                EMPTY,
                place.argument(),
                EMPTY,
                Argument.constant(FROM_EMPTY | TO_EMPTY, "MOVE_MOUNT_F_EMPTY_PATH|MOVE_MOUNT_T_EMPTY_PATH"));
    }

    /** Attaches a detached tree to a name in a file system of the kernel's or our own making; the last name is no link. */
    void attach(Held tree, Held parent, String name, List<Integer> tolerated) {
        steps.step(
                "mount " + tree.name() + " on " + parent.name() + "/" + name,
                tolerated,
                Call.MOVE_MOUNT,
                tree.argument(),
                EMPTY,
                parent.argument(),
                Argument.path(name),
                Argument.constant(FROM_EMPTY, "MOVE_MOUNT_F_EMPTY_PATH"));
    }

    /** Only in a file system of our own making, as all that makes something. */
    void directory(Argument at, String path, int mode, List<Integer> tolerated) {
        steps.step("make directory " + path, tolerated, Call.MKDIRAT, at, Argument.path(path), Argument.octal(mode));
    }

    /** A directory of mode 0755, unless it is there. */
    void directory(String path) {
        directory(HERE, path, 0755, IF_NEW);
    }

    void file(Argument at, String path, int mode, List<Integer> tolerated) {
        Argument type = Argument.constant(
                REGULAR | mode, "S_IFREG|" + Argument.octal(mode).text());
        steps.step("make file " + path, tolerated, Call.MKNODAT, at, Argument.path(path), type, Argument.number(0));
    }
}
