package org.emperor.linux.plan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.spec.Form;
import org.jspecify.annotations.Nullable;

/** Reads the keys of {@link PrivilegeOptions}; where they are silent the preset counts. */
final class PrivilegeReader {
    private static final String NEEDED = "cannot be off beside seccomp or landlock, which need it (seccomp(2))";

    private final List<Problem> problems;
    private final LandlockReader landlock;
    private @Nullable CapabilityChoice kept;
    private @Nullable CapabilityChoice held;
    private @Nullable Setting noNewPrivs;
    private @Nullable Setting seccomp;
    private String profile = "";

    PrivilegeReader(List<Problem> problems) {
        this.problems = problems;
        this.landlock = new LandlockReader(problems);
    }

    void read(Setting setting) {
        switch (setting.key()) {
            case PrivilegeOptions.CAP -> held = capabilities(setting);
            case PrivilegeOptions.CAP_KEEP -> kept = capabilities(setting);
            case PrivilegeOptions.NO_NEW_PRIVS -> noNewPrivs = setting;
            case PrivilegeOptions.SECCOMP -> seccomp(setting);
            case PrivilegeOptions.SECCOMP_CONTENT -> profile = setting.value();
            default -> landlock.read(setting);
        }
    }

    Privileges privileges(FileSystemSettings files) {
        Preset preset = files.preset();
        Optional<CapabilityChoice> keep = Optional.ofNullable(kept);
        if (keep.isEmpty() && preset.dropsCapabilities()) {
            keep = Optional.of(CapabilityChoice.DEFAULT);
        }
        Optional<SeccompProfile> filter = filter(preset.seccomp());
        Optional<Landlock> rules = landlock.landlock(files);
        boolean needed = filter.isPresent() || rules.isPresent();
        if (needed && noNewPrivs != null && !isOn(noNewPrivs)) {
            problem(noNewPrivs, NEEDED, "remove it, or write none for those two");
        }
        boolean never = noNewPrivs == null ? preset.noNewPrivs() || needed : isOn(noNewPrivs);
        return new Privileges(keep, Optional.ofNullable(held), never, filter, rules);
    }

    private CapabilityChoice capabilities(Setting setting) {
        CapabilityChoice choice = CapabilityChoice.NONE;
        for (String part : setting.value().split(",", -1)) {
            String word = part.strip();
            choice = switch (word) {
                case "none" -> choice;
                case "default" -> choice.and(CapabilityChoice.DEFAULT);
                case "all" -> choice.and(CapabilityChoice.ALL);
                default -> choice.and(capability(setting, word));
            };
        }
        return choice;
    }

    private CapabilityChoice capability(Setting setting, String word) {
        OptionalInt number = Capability.number(word);
        if (number.isEmpty()) {
            problem(
                    setting,
                    "unknown capability \"" + word + "\"",
                    "write names of capabilities(7) such as net_bind_service, their numbers, default, all or none");
            return CapabilityChoice.NONE;
        }
        return new CapabilityChoice(1L << number.getAsInt(), 0);
    }

    private void seccomp(Setting setting) {
        seccomp = setting;
        boolean known = setting.value().equals("default") || setting.value().equals("none");
        if (!known && !setting.value().startsWith("/")) {
            problem(setting, "no such profile", "allowed: default, none, or the path of a profile, from /");
        }
    }

    private Optional<SeccompProfile> filter(boolean preset) {
        if (seccomp == null) {
            return preset ? Optional.of(SeccompProfile.DEFAULT) : Optional.empty();
        }
        return switch (seccomp.value()) {
            case "none" -> Optional.empty();
            case "default" -> Optional.of(SeccompProfile.DEFAULT);
            default -> Optional.of(new SeccompProfile(seccomp.value(), profile));
        };
    }

    private static boolean isOn(Setting flag) {
        return Form.isOn(flag.value());
    }

    private void problem(Setting setting, String rule, String remedy) {
        problems.add(new Problem(setting.position(), setting.key(), rule, remedy));
    }
}
