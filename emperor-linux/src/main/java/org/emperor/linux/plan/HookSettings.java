package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a file has done around its jail's making.
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
        for (List<HookAction> phase : actions.values()) {
            for (HookAction action : phase) {
                if (action instanceof HookAction.Mount mount
                        && mount.type().equals("proc")
                        && mount.target().equals("/proc")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Where they mount something. */
    List<String> mountPoints() {
        List<String> points = new ArrayList<>();
        for (List<HookAction> phase : actions.values()) {
            for (HookAction action : phase) {
                if (action instanceof HookAction.Mount mount) {
                    points.add(mount.target());
                }
            }
        }
        return points;
    }

    /** Whether one of them says which directory is the working one. */
    boolean enters() {
        return !actions.isEmpty()
                && actions.values().stream().flatMap(List::stream).anyMatch(HookAction.Enter.class::isInstance);
    }

    /** Whether jail-init does more than mounts, for which its directory and umask count. */
    boolean needsPlace() {
        return !actions.isEmpty()
                && actions.entrySet().stream()
                        .filter(entry -> entry.getKey() != HookPhase.AS_USER)
                        .anyMatch(entry -> !entry.getValue().stream().allMatch(HookAction::isMount));
    }
}
