package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.spec.Resource;
import org.emperor.spec.ResourceLimit;

/** Reads what only Linux keeps of a process: I/O priority, the adjustment of the OOM score, limits that others have not. */
final class ProcessReader {
    private static final int LARGEST_ADJUSTMENT = 1000; // proc_pid_oom_score_adj(5)

    private final List<Problem> problems;
    private final List<ResourceLimit> limits = new ArrayList<>();
    private Optional<IoPriority> ioPriority = Optional.empty();
    private OptionalInt oomScoreAdj = OptionalInt.empty();

    ProcessReader(List<Problem> problems) {
        this.problems = problems;
    }

    /** Of the keys of the option table only these are left: any other is none of Linux. */
    void read(Setting setting) {
        switch (setting.key()) {
            case "ionice" -> ioPriority(setting);
            case "oom-score-adj" -> oomScoreAdj(setting);
            default -> limit(setting);
        }
    }

    ProcessSettings settings() {
        return new ProcessSettings(ioPriority, oomScoreAdj, limits);
    }

    private void ioPriority(Setting setting) {
        ioPriority = IoPriority.parse(setting.value());
        if (ioPriority.isEmpty()) {
            problem(setting, "no such class and level", "allowed: " + IoPriority.ALLOWED);
        }
    }

    private void oomScoreAdj(Setting setting) {
        int value = Integer.parseInt(setting.value()); // its form was checked: a number
        if (value < -LARGEST_ADJUSTMENT || value > LARGEST_ADJUSTMENT) {
            problem(setting, "out of range", "write -1000 to 1000");
        }
        oomScoreAdj = OptionalInt.of(value);
    }

    private void limit(Setting setting) {
        for (Resource resource : LinuxOptions.LIMITED) {
            if (resource.key().equals(setting.key())) {
                ResourceLimit.parse(resource, setting.value()).value().ifPresent(limits::add);
                return;
            }
        }
        problem(setting, "is no key of Linux jails", "");
    }

    private void problem(Setting setting, String rule, String remedy) {
        problems.add(new Problem(setting.position(), setting.key(), rule, remedy));
    }
}
