package org.emperor.linux.plan;

/** When hooks run: in the jail in this order, and on the host around it; the words are those of uWSGI's keys. */
enum HookPhase {
    AS_VASSAL("as-vassal", "first of all, in the namespaces of clone"),
    ASAP("asap", "after those as-vassal, in the namespaces of clone"),
    PRE_JAIL("pre-jail", "after those asap, in the namespaces of clone"),
    POST_JAIL("post-jail", "when all namespaces exist but those of unshare2, before the root changes"),
    IN_JAIL("in-jail", "after the root of namespace, before chroot and pivot-root"),
    AS_ROOT("as-root", "in the final root, before the program's identity is taken"),
    AS_USER("as-user", "with the program's identity, last before the program"),
    AS_USER_ATEXIT("as-user-atexit", "with the program's identity and no more rights, after its end however it came"),
    BEFORE_LAUNCH("", ""),
    AS_EMPEROR("as-emperor", "on the host, as the emperor, while the jail is being built"),
    AFTER_END("", "");

    private final String word;
    private final String when;

    HookPhase(String word, String when) {
        this.word = word;
        this.when = when;
    }

    /** @throws IllegalArgumentException if there is none of that word */
    static HookPhase of(String word) {
        for (HookPhase phase : values()) {
            if (phase.word.equals(word)) {
                return phase;
            }
        }
        throw new IllegalArgumentException("no phase " + word);
    }

    /** Whether it has keys for each kind of action, and not only one for a command. */
    boolean hasKeys() {
        return !word.isEmpty();
    }

    /** Whether the emperor has it done on the host; all others are done in the jail. */
    boolean isOnHost() {
        return compareTo(AS_USER_ATEXIT) > 0;
    }

    /** Whether it is done with the identity and the limits of the program. */
    boolean isOfUser() {
        return this == AS_USER || this == AS_USER_ATEXIT;
    }

    String word() {
        return word;
    }

    /** For the manual: the end of "An action …". */
    String when() {
        return when;
    }

    /** Whether there are keys for mounts and unmounts: a user may make none. */
    boolean hasMounts() {
        return !isOfUser();
    }
}
