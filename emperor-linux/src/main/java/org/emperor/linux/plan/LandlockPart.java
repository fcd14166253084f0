package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.emperor.linux.plan.Landlock.PathRule;
import org.emperor.linux.plan.Landlock.PortRule;

/**
 * Makes a ruleset and puts the program under it. A rule holds the number of a descriptor in its bytes, which a plan must
 * know ahead: each path is opened as descriptor 0, which is kept aside and then given back. (open(2) takes the lowest one
 * that is free.)
 */
final class LandlockPart {
    private static final int EBADF = 9;
    private static final int EINVAL = 22;
    private static final int EBADFD = 77;
    private static final int AT_FDCWD = -100;
    private static final long O_PATH_CLOEXEC = 0x200000 | 0x80000;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int FIRST_FREE = 3;
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;
    private static final int RULE_PATH_BENEATH = 1;
    private static final int RULE_NET_PORT = 2;

    private final StepList steps;
    private final Landlock landlock;
    private final int version;

    LandlockPart(StepList steps, Landlock landlock, int version) {
        this.steps = steps;
        this.landlock = landlock;
        this.version = version;
    }

    void confine() {
        confine(ruleset -> {
            // /dev/stdout leads to the FIFO, which is in no directory of the jail.
            allow(ruleset, "standard output", STANDARD_OUTPUT, Landlock.ofOutput(version), List.of());
            allowPaths(ruleset, landlock.paths(), List.of(StepList.ENOENT, StepList.ENOTDIR));
        });
    }

    /** Whose streams may be pipes or sockets, for which there are no rules, and who need not see what the program saw. */
    void confineVisitor() {
        confine(ruleset -> {
            List<PathRule> paths = new ArrayList<>();
            for (int stream : List.of(STANDARD_OUTPUT, STANDARD_ERROR)) {
                allow(ruleset, "a standard stream", stream, Landlock.ofOutput(version), List.of(EBADFD));
            }
            for (PathRule rule : landlock.paths()) {
                paths.add(new PathRule(rule.path(), rule.writes(), true));
            }
            allowPaths(ruleset, paths, List.of(StepList.ENOENT, StepList.ENOTDIR, StepList.EACCES));
        });
    }

    private void confine(Consumer<Argument> allowFiles) {
        int ruleset = createRuleset();
        Argument rules = Argument.result(ruleset, "ruleset");
        if (landlock.restrictsFiles()) {
            allowFiles.accept(rules);
        }
        for (PortRule rule : landlock.ports()) {
            allow(rules, rule);
        }
        steps.call("confine the program by Landlock", Call.LANDLOCK_RESTRICT_SELF, rules, Argument.number(0));
    }

    /** As long as this kernel's struct landlock_ruleset_attr needs to be: an older one refuses what it does not know. */
    private int createRuleset() {
        long files = landlock.restrictsFiles() ? Landlock.all(version) : 0;
        long scopes = landlock.scopes(version);
        String text = "{handled_access_fs=" + Landlock.text(files) + ", handled_access_net="
                + Landlock.text(landlock.onlyPorts()) + ", scoped=" + Landlock.text(scopes) + "}";
        int words = scopes != 0 ? 3 : landlock.onlyPorts() != 0 ? 2 : 1;
        return steps.call(
                "make a Landlock ruleset",
                Call.LANDLOCK_CREATE_RULESET,
                Argument.longs(text, files, landlock.onlyPorts(), scopes),
                Argument.number((long) words * Long.BYTES),
                Argument.number(0));
    }

    /** @param lacking the errnos with which a path is not there, where it need not be */
    private void allowPaths(Argument ruleset, List<PathRule> paths, List<Integer> lacking) {
        int aside = steps.call(
                "keep standard input aside",
                Call.FCNTL,
                Argument.number(0),
                Argument.constant(F_DUPFD_CLOEXEC, "F_DUPFD_CLOEXEC"),
                Argument.number(FIRST_FREE));
        for (PathRule rule : paths) {
            allow(ruleset, rule, lacking);
        }
        steps.call(
                "take standard input back",
                Call.DUP3,
                Argument.result(aside, "standard input"),
                Argument.number(0),
                Argument.number(0));
    }

    private void allow(Argument ruleset, PathRule rule, List<Integer> lacking) {
        steps.attempt("make room", List.of(EBADF), Call.CLOSE, Argument.number(0));
        Argument[] open = {
            Argument.constant(AT_FDCWD, "AT_FDCWD"),
            Argument.path(rule.path()),
            Argument.constant(O_PATH_CLOEXEC, "O_PATH|O_CLOEXEC"),
            Argument.number(0)
        };
        String object = "open " + rule.path() + " for a rule of Landlock";
        if (rule.mayLack()) {
            steps.attempt(object, lacking, Call.OPENAT, open);
        } else {
            steps.call(object, Call.OPENAT, open);
        }
        // The kernel refuses rights that only directories have for anything else, and what this is only the jail knows.
        List<Integer> lacks = rule.mayLack() ? List.of(EBADF) : List.of();
        long rights = rule.rights(version);
        allow(ruleset, rule.path(), 0, rights, rule.mayLack() ? List.of(EINVAL, EBADF) : List.of(EINVAL));
        allow(ruleset, rule.path(), 0, Landlock.ofFiles(rights), lacks);
    }

    /** struct landlock_path_beneath_attr is packed: 8 bytes of rights, 4 of the descriptor. */
    private void allow(Argument ruleset, String path, int descriptor, long rights, List<Integer> tolerated) {
        String text = "{allowed_access=" + Landlock.text(rights) + ", parent_fd=" + descriptor + "}";
        Argument[] arguments = {
            ruleset,
            Argument.constant(RULE_PATH_BENEATH, "LANDLOCK_RULE_PATH_BENEATH"),
            Argument.longs(text, rights, Integer.toUnsignedLong(descriptor)),
            Argument.number(0)
        };
        String object = "let Landlock allow " + path;
        if (tolerated.isEmpty()) {
            steps.call(object, Call.LANDLOCK_ADD_RULE, arguments);
        } else {
            steps.attempt(object, tolerated, Call.LANDLOCK_ADD_RULE, arguments);
        }
    }

    private void allow(Argument ruleset, PortRule rule) {
        steps.call(
                "let Landlock allow port " + rule.port(),
                Call.LANDLOCK_ADD_RULE,
                ruleset,
                Argument.constant(RULE_NET_PORT, "LANDLOCK_RULE_NET_PORT"),
                Argument.longs(
                        "{allowed_access=" + Landlock.text(rule.access()) + ", port=" + rule.port() + "}",
                        rule.access(),
                        rule.port()),
                Argument.number(0));
    }
}
