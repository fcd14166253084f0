package org.emperor.linux.plan;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a file has done around its jail's making, and after its program's end.
 *
 * @param actions by phase, in the order in which they are done
 * @param shells what runs the commands: the first that can be executed
 * @param pidFiles what receives the program's process id while there are still rights of root
 */
record HookSettings(Map<HookPhase, List<HookAction>> actions, List<String> shells, List<String> pidFiles) {
    private static final String SHELL = "/bin/sh";
    static final HookSettings NONE = new HookSettings(Map.of(), List.of(SHELL), List.of());

    HookSettings {
        actions = Map.copyOf(actions);
        shells = List.copyOf(shells);
        pidFiles = List.copyOf(pidFiles);
    }

    boolean has(HookPhase phase) {
        return actions.containsKey(phase);
    }

    List<HookAction> of(HookPhase phase) {
        return actions.getOrDefault(phase, List.of());
    }

    /** Whether one of them mounts the {@code /proc} that the program will see. */
    boolean mountsProc() {
        return anyBefore(action -> action instanceof HookAction.Mount mount
                && mount.type().equals("proc")
                && mount.target().equals("/proc"));
    }

    /** Whether one of them says which directory is the program's working one. */
    boolean enters() {
        return anyBefore(HookAction.Enter.class::isInstance);
    }

    private boolean anyBefore(Predicate<HookAction> wanted) {
        for (Map.Entry<HookPhase, List<HookAction>> phase : actions.entrySet()) {
            if (phase.getKey() != HookPhase.AS_USER_ATEXIT
                    && phase.getValue().stream().anyMatch(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Whether jail-init does more than mounts, for which its directory and umask count. */
    boolean needsPlace() {
        for (Map.Entry<HookPhase, List<HookAction>> phase : actions.entrySet()) {
            boolean ofUser = phase.getKey() == HookPhase.AS_USER || phase.getKey() == HookPhase.AS_USER_ATEXIT;
            if (!ofUser && !phase.getValue().stream().allMatch(HookAction::isMount)) {
                return true;
            }
        }
        return false;
    }
}
