package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import org.emperor.jail.PlanRefusal;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.spec.VassalSpec;

/** What this host can never do of the privileges that a file or its preset asks for. */
final class PrivilegeCheck {
    private static final String AS_ROOT = "run the emperor as root, or remove it";

    private final VassalSpec spec;
    private final LinuxFacts facts;
    private final JailSettings jail;
    private final Privileges privileges;
    private final List<Problem> problems = new ArrayList<>();

    PrivilegeCheck(VassalSpec spec, LinuxFacts facts, JailSettings jail) {
        this.spec = spec;
        this.facts = facts;
        this.jail = jail;
        this.privileges = jail.privileges();
    }

    List<Problem> problems(Filters filters) {
        privileges.kept().ifPresent(choice -> check(PrivilegeOptions.CAP_KEEP, choice));
        privileges.held().ifPresent(choice -> check(PrivilegeOptions.CAP, choice));
        privileges.seccomp().ifPresent(profile -> check(profile, filters));
        privileges.landlock().ifPresent(this::check);
        return problems;
    }

    private void check(String key, CapabilityChoice choice) {
        boolean mayDrop = jail.has(Namespace.USER) || facts.means().has(Capability.SETPCAP.number());
        if (!facts.root() && !jail.has(Namespace.USER)) {
            problem(key, "needs an emperor that runs as root", AS_ROOT);
        } else if (!mayDrop) {
            problem(key, "needs an emperor that has CAP_SETPCAP", "give it to the emperor, or remove " + key);
        } else {
            checkNamed(key, choice.named() & ~PrivilegePart.available(facts, jail));
        }
    }

    private void checkNamed(String key, long missing) {
        for (int number : Capability.numbers(missing)) {
            String name = Capability.constant(number);
            String rule = number > facts.capLast()
                    ? "this kernel knows no capability " + name
                    : "is more than this emperor may give: it has no " + name;
            problem(key, rule, "leave " + Capability.word(number) + " out");
        }
    }

    private void check(SeccompProfile profile, Filters filters) {
        if (!facts.confinement().seccomp()) {
            problem(PrivilegeOptions.SECCOMP, "this kernel has no filters of system calls", "write seccomp = none");
            return;
        }
        try {
            filters.compile(Restraints.request(profile, privileges, facts));
        } catch (PlanRefusal refusal) {
            problem(PrivilegeOptions.SECCOMP, String.valueOf(refusal.getMessage()), "");
        }
    }

    private void check(Landlock landlock) {
        int version = facts.confinement().landlock();
        if (version == 0) {
            problem(
                    PrivilegeOptions.LANDLOCK,
                    "this kernel has no Landlock",
                    "add landlock to the lsm= list of its command line (5.13 and later), or write landlock = none");
        } else if (landlock.onlyPorts() != 0 && version < Landlock.PORTS_SINCE) {
            problem(PrivilegeOptions.LANDLOCK, lacks("ports", version), "it came with 6.7; leave bind and connect out");
        } else if (landlock.scopes() != 0 && version < Landlock.SCOPES_SINCE) {
            problem(PrivilegeOptions.LANDLOCK, lacks("scopes", version), "they came with 6.12; leave scope out");
        }
    }

    private static String lacks(String what, int version) {
        return "this kernel's Landlock, version " + version + ", has no " + what;
    }

    private void problem(String key, String rule, String remedy) {
        problems.add(new Problem(place(key), key, rule, remedy));
    }

    /** Where the key stands, or else the preset that stands for it. */
    private Position place(String key) {
        Position place = Position.of(spec.file());
        for (Setting setting : spec.jail()) {
            if (setting.key().equals(key)) {
                return setting.position();
            }
            place = setting.key().equals("jail-preset") ? setting.position() : place;
        }
        return place;
    }
}
