package org.emperor.linux.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.spec.Durations;
import org.emperor.spec.Words;

/**
 * Reads the keys of hooks: {@code hook-}, {@code mount-}, {@code umount-} and {@code exec-}, each with a phase; and those
 * that say in another way what a hook of some phase could.
 */
final class HookReader {
    static final List<String> KINDS = List.of("hook", "mount", "umount", "exec"); // in each phase done in this order

    private final List<Problem> problems;
    private final ActionReader actions;
    private final List<Given> given = new ArrayList<>();
    private final StartReader start;
    private Duration hostLimit = HookSettings.HOST_LIMIT;

    /** An action with the setting it stands in. */
    private record Given(Setting setting, HookPhase phase, String kind, HookAction action) {}

    HookReader(List<Problem> problems) {
        this.problems = problems;
        this.actions = new ActionReader(problems);
        this.start = new StartReader(actions);
    }

    /** Whether the key is one of these; cheap, for it is asked of keys of other kinds. */
    static boolean knows(String key) {
        return StartReader.knows(key)
                || KINDS.contains(kind(key))
                || key.equals(ErrandOptions.START)
                || key.equals(ErrandOptions.STOP);
    }

    /** The action that is a key's value, where it is one that can be read. */
    static Optional<HookAction> action(Setting setting) {
        ActionReader reader = new ActionReader(new ArrayList<>());
        if (setting.key().equals(StartReader.FILE_WRITE)) {
            return reader.assignment(setting);
        }
        return kind(setting.key()).equals(KINDS.get(0)) ? reader.action(setting) : Optional.empty();
    }

    private static String kind(String key) {
        int dash = key.indexOf('-');
        return dash < 0 ? "" : key.substring(0, dash);
    }

    void read(Setting setting) {
        if (StartReader.knows(setting.key())) {
            start.read(setting);
            return;
        }
        switch (setting.key()) {
            case ErrandOptions.START -> run(setting, HookPhase.BEFORE_LAUNCH);
            case ErrandOptions.STOP -> run(setting, HookPhase.AFTER_END);
            case ErrandOptions.TIMEOUT -> hostLimit = limit(setting);
            default -> readPhase(setting);
        }
    }

    private void run(Setting setting, HookPhase phase) {
        List<String> argv = Words.parse(setting.value()).value().orElseThrow(); // its form was checked
        given.add(new Given(setting, phase, KINDS.get(KINDS.size() - 1), new HookAction.Run(argv)));
    }

    private Duration limit(Setting setting) {
        Duration limit = Durations.parse(setting.value()).value().orElseThrow();
        if (limit.isZero()) {
            problems.add(new Problem(
                    setting.position(), setting.key(), "no time at all", "write how long a hook may take, as 20s"));
        }
        return limit;
    }

    private void readPhase(Setting setting) {
        String kind = kind(setting.key());
        HookPhase phase = HookPhase.of(setting.key().substring(kind.length() + 1));
        action(setting, kind).ifPresent(action -> given.add(new Given(setting, phase, kind, action)));
    }

    private Optional<HookAction> action(Setting setting, String kind) {
        return switch (kind) {
            case "mount" -> actions.mount(setting, setting.value());
            case "umount" -> actions.unmount(setting, setting.value());
            case "exec" -> actions.execute(setting.value());
            default -> actions.action(setting);
        };
    }

    /** @param cloned the namespaces that are the jail's own in every phase */
    HookSettings settings(Set<Namespace> cloned, UnshareSettings unshared) {
        for (Given one : given) {
            if (one.phase().isOnHost()) {
                checkHost(one);
                continue;
            }
            Set<Namespace> own = EnumSet.noneOf(Namespace.class);
            own.addAll(cloned);
            if (one.phase().compareTo(HookPhase.POST_JAIL) >= 0) {
                own.addAll(unshared.early());
            }
            if (one.phase().compareTo(HookPhase.AS_ROOT) >= 0) {
                own.addAll(unshared.late());
            }
            checkNeeds(one, own);
        }
        Map<HookPhase, List<HookAction>> byPhase = new EnumMap<>(HookPhase.class);
        for (HookPhase phase : HookPhase.values()) {
            List<HookAction> actions = new ArrayList<>(start.before(phase));
            KINDS.forEach(kind -> addAll(actions, phase, kind));
            actions.addAll(start.after(phase));
            if (!actions.isEmpty()) {
                byPhase.put(phase, actions);
            }
        }
        return new HookSettings(byPhase, start.shells(), start.pidFiles(), hostLimit);
    }

    private void addAll(List<HookAction> actions, HookPhase phase, String kind) {
        for (Given one : given) {
            if (one.phase() == phase && one.kind().equals(kind)) {
                actions.add(one.action());
            }
        }
    }

    /** They are meant to change the host; but a word that would end the emperor of uWSGI can only be a mistake. */
    private void checkHost(Given one) {
        if (one.action() instanceof HookAction.Exit) {
            problems.add(new Problem(
                    one.setting().position(), one.setting().key(), "nothing is to exit on the host", "remove it"));
        }
    }

    private void checkNeeds(Given one, Set<Namespace> own) {
        Optional<Namespace> needed = one.action().needs();
        if (needed.isPresent() && !own.contains(needed.get())) {
            problems.add(new Problem(
                    one.setting().position(),
                    one.setting().key(),
                    "would change the host without a namespace of its own",
                    "add " + needed.get().word() + " to clone"));
        }
    }
}
