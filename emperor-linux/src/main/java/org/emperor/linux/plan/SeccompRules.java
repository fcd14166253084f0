package org.emperor.linux.plan;

import java.util.List;

/**
 * A profile understood: what happens to each system call. Numbers are those of linux/seccomp.h and of libseccomp.
 *
 * @param architectures names as libseccomp has them, such as {@code x86_64}; calls of any other kill the process
 * @param standard the action for calls that no rule covers
 * @param about what it does, for a printed plan
 */
public record SeccompRules(List<String> architectures, int standard, List<Rule> rules, String about) {
    public static final int KILL_PROCESS = 0x80000000;
    public static final int KILL_THREAD = 0;
    public static final int TRAP = 0x30000;
    public static final int ERRNO = 0x50000;
    public static final int TRACE = 0x7ff00000;
    public static final int LOG = 0x7ffc0000;
    public static final int ALLOW = 0x7fff0000;

    static final int EPERM = 1;
    static final int ENOSYS = 38;

    /**
     * @param known whether a name that the library does not know is a mistake; else it is passed over
     * @param conditions all of them must hold
     */
    public record Rule(List<String> names, int action, List<Condition> conditions, boolean known) {
        public Rule {
            names = List.copyOf(names);
            conditions = List.copyOf(conditions);
        }
    }

    /** Operators by the numbers of libseccomp's enum scmp_compare. */
    public enum Operator {
        NE(1),
        LT(2),
        LE(3),
        EQ(4),
        GE(5),
        GT(6),
        MASKED_EQ(7);

        private final int number;

        Operator(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    /** @param first the value, or the mask of MASKED_EQ, whose value is {@code second} */
    public record Condition(int index, Operator operator, long first, long second) {}

    public SeccompRules {
        architectures = List.copyOf(architectures);
        rules = List.copyOf(rules);
    }

    static int errno(int number) {
        return ERRNO | number;
    }

    /** Whether the call goes through whatever its arguments are. */
    public boolean allows(String call) {
        boolean allowed = passes(standard);
        for (Rule rule : rules) {
            if (rule.names().contains(call)) {
                if (!passes(rule.action())) {
                    return false;
                }
                allowed |= rule.conditions().isEmpty();
            }
        }
        return allowed;
    }

    private static boolean passes(int action) {
        return action == ALLOW || action == LOG;
    }
}
