package org.emperor.linux.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a file has done around its jail's making, and after its program's end.
 *
 * @param actions by phase, in the order in which they are done
 * @param shells what runs the commands: the first that can be executed
 * @param pidFiles what receives the program's process id while there are still rights of root
 * @param hostLimit how long each of those on the host may take
 */
record HookSettings(
        Map<HookPhase, List<HookAction>> actions, List<String> shells, List<String> pidFiles, Duration hostLimit) {
    static final Duration HOST_LIMIT = Duration.ofSeconds(20);
    private static final String SHELL = "/bin/sh";
    static final HookSettings NONE = new HookSettings(Map.of(), List.of(SHELL), List.of(), HOST_LIMIT);

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

    /** Those that are done in the jail before the program runs. */
    private Stream<Map.Entry<HookPhase, List<HookAction>>> before() {
        return actions.entrySet().stream().filter(entry -> entry.getKey().compareTo(HookPhase.AS_USER) <= 0);
    }

    /** Whether one of them mounts the {@code /proc} that the program will see. */
    boolean mountsProc() {
        return !actions.isEmpty()
                && before().flatMap(entry -> entry.getValue().stream()).anyMatch(HookSettings::mountsProc);
    }

    private static boolean mountsProc(HookAction action) {
        return action instanceof HookAction.Mount mount
                && mount.type().equals("proc")
                && mount.target().equals("/proc");
    }

    /** Where they mount something. */
    List<String> mountPoints() {
        return before().flatMap(entry -> entry.getValue().stream())
                .filter(HookAction.Mount.class::isInstance)
                .map(HookAction.Mount.class::cast)
                .map(HookAction.Mount::target)
                .toList();
    }

    /** Whether one of them says which directory is the working one. */
    boolean enters() {
        return !actions.isEmpty()
                && before().flatMap(entry -> entry.getValue().stream()).anyMatch(HookAction.Enter.class::isInstance);
    }

    /** Whether jail-init does more than mounts, for which its directory and umask count. */
    boolean needsPlace() {
        return !actions.isEmpty()
                && before().filter(entry -> !entry.getKey().isOfUser())
                        .anyMatch(entry -> !entry.getValue().stream().allMatch(HookAction::isMount));
    }
}
