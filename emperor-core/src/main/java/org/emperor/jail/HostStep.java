package org.emperor.jail;

/**
 * One step the emperor's launch thread does outside the jail, before the clone (prepare) or while jail-init waits for its
 * plan (attach). In attach steps {@code {pid}} stands for jail-init's process id, in path and content.
 *
 * @param mode permission bits of what is made
 * @param uid owner of what is made; -1 leaves it
 */
public record HostStep(Kind kind, String path, String content, int mode, int uid, int gid) {
    public static final String PID = "{pid}";

    public enum Kind {
        MAKE_DIRECTORY,
        /** One that may be there already, and may hold others: it is made if it is missing and never removed. */
        KEEP_DIRECTORY,
        MAKE_FIFO,
        MAKE_FILE,
        WRITE_FILE,
        /** Open a detached copy of a directory tree, or of a file, whose ids on disk are those inside the jail; it travels with the plan. */
        MAP_TREE,
        /** Listen at an address; whoever listens removes what that makes. */
        LISTEN
    }

    public static HostStep directory(String path) {
        return new HostStep(Kind.MAKE_DIRECTORY, path, "", 0755, -1, -1);
    }

    public static HostStep keptDirectory(String path, int mode) {
        return new HostStep(Kind.KEEP_DIRECTORY, path, "", mode, -1, -1);
    }

    /** For nobody else, whatever the file holds. */
    public static HostStep file(String path, String content) {
        return new HostStep(Kind.MAKE_FILE, path, content, 0600, -1, -1);
    }

    public static HostStep write(String path, String content) {
        return new HostStep(Kind.WRITE_FILE, path, content, 0, -1, -1);
    }

    /** Only in attach: the namespace whose ids count must have its maps. */
    public static HostStep mapTree(String path) {
        return new HostStep(Kind.MAP_TREE, path, "", 0, -1, -1);
    }

    /** Whether this step leaves something that dismantling must remove. */
    public boolean makes() {
        return switch (kind) {
            case MAKE_DIRECTORY, MAKE_FIFO, MAKE_FILE -> true;
            case KEEP_DIRECTORY, WRITE_FILE, MAP_TREE, LISTEN -> false;
        };
    }

    /** Whether it opens a descriptor for the jail, {@link Arg.Opened}. */
    public boolean opens() {
        return kind == Kind.MAP_TREE;
    }

    /** The step in the notation of strace. */
    public String text() {
        String path = Quoted.of(this.path);
        return switch (kind) {
            case MAKE_DIRECTORY -> "mkdir(" + path + ", " + octal() + ")";
            case KEEP_DIRECTORY -> "mkdir(" + path + ", " + octal() + ")  (may exist)";
            case MAKE_FIFO -> "mknod(" + path + ", S_IFIFO|" + octal() + ")" + owner();
            case MAKE_FILE ->
                "creat(" + path + ", " + octal() + ")" + owner()
                        + (content.isEmpty() ? "" : "; write(*, " + content.length() + ")");
            case WRITE_FILE -> "write(" + path + ", " + Quoted.of(content) + ")";
            case MAP_TREE ->
                "tree = open_tree(" + path + ", OPEN_TREE_CLONE|AT_RECURSIVE); mount_setattr(tree,"
                        + " MOUNT_ATTR_IDMAP, /proc/" + PID + "/ns/user)";
            case LISTEN -> "listen(" + path + ", " + octal() + ")" + owner();
        };
    }

    /** What it does to what, for a message. */
    public String object() {
        return switch (kind) {
            case MAKE_DIRECTORY, KEEP_DIRECTORY -> "make directory " + path;
            case MAKE_FIFO -> "make FIFO " + path;
            case MAKE_FILE -> "make file " + path;
            case WRITE_FILE -> "write \"" + content.strip() + "\" to " + path;
            case MAP_TREE -> "map the ids of " + path;
            case LISTEN -> "listen at " + path;
        };
    }

    private String octal() {
        return "0" + Integer.toOctalString(mode);
    }

    private String owner() {
        return uid < 0 ? "" : "; chown(" + uid + ", " + gid + ")";
    }
}
