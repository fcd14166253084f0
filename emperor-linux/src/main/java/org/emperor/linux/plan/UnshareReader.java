package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.linux.plan.UnshareSettings.Refork;
import org.emperor.spec.Form;
import org.emperor.spec.Program;

/** Reads the keys of unshare(2): {@code unshare}, {@code unshare2} and those of the fork that a PID namespace needs. */
final class UnshareReader {
    /** What jail-init shares with nobody anyway. */
    private static final Set<String> OWN_ALREADY = Set.of("files", "sysvsem");

    private final List<Problem> problems;
    private final Set<Namespace> early = EnumSet.noneOf(Namespace.class);
    private final Set<Namespace> late = EnumSet.noneOf(Namespace.class);
    private final Set<Refork> reforks = EnumSet.noneOf(Refork.class);
    private final List<Setting> reforkSettings = new ArrayList<>();

    UnshareReader(List<Problem> problems) {
        this.problems = problems;
    }

    void read(Setting setting) {
        switch (setting.key()) {
            case "unshare" -> words(setting, early);
            case "unshare2" -> words(setting, late);
            case "refork-post-jail" -> refork(setting, Refork.POST_JAIL);
            case "refork-as-root" -> refork(setting, Refork.AS_ROOT);
            default -> refork(setting, Refork.LAST);
        }
    }

    private void words(Setting setting, Set<Namespace> namespaces) {
        for (String part : setting.value().split(",", -1)) {
            String word = part.strip();
            if (!OWN_ALREADY.contains(word)) {
                Namespace.parse(word)
                        .ifPresentOrElse(
                                namespaces::add,
                                () -> problem(
                                        setting,
                                        "\"" + word + "\" is nothing to unshare",
                                        "known are fs net ipc uts pid user cgroup time files sysvsem"));
            }
        }
    }

    private void refork(Setting setting, Refork when) {
        if (Form.isOn(setting.value())) {
            reforks.add(when);
            reforkSettings.add(setting);
        }
    }

    /**
     * A namespace is made once: what clone makes is there already. A user namespace is clone's in any case, for only from
     * outside can its ids be mapped, and others made later belong to it.
     *
     * @param cloned the namespaces of clone, to which that is added
     */
    UnshareSettings settings(Set<Namespace> cloned) {
        if (early.contains(Namespace.USER) || late.contains(Namespace.USER)) {
            cloned.add(Namespace.USER);
        }
        early.removeAll(cloned);
        late.removeAll(cloned);
        late.removeAll(early);
        boolean ownPids =
                cloned.contains(Namespace.PID) || early.contains(Namespace.PID) || late.contains(Namespace.PID);
        if (!ownPids) {
            reforkSettings.forEach(setting ->
                    problem(setting, "does nothing without a PID namespace", "remove it, or add pid to unshare"));
        }
        return new UnshareSettings(early, late, refork());
    }

    /** The first of those given at which there is a namespace to enter. */
    private Refork refork() {
        if (reforks.contains(Refork.POST_JAIL) && early.contains(Namespace.PID)) {
            return Refork.POST_JAIL;
        }
        if (reforks.contains(Refork.AS_ROOT)) {
            return Refork.AS_ROOT;
        }
        return reforks.contains(Refork.LAST) ? Refork.LAST : Refork.AT_ONCE;
    }

    private void problem(Setting setting, String rule, String remedy) {
        problems.add(new Problem(setting.position(), setting.key(), rule, remedy));
    }

    /** Who is to be the first process of a namespace made by unshare must be told of by somebody outside. */
    static boolean isPossible(UnshareSettings settings, Program.Init init) {
        return init == Program.Init.RESIDENT || !settings.has(Namespace.PID);
    }
}
