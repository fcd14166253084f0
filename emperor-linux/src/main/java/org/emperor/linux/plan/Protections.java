package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.emperor.jail.HostFacts;
import org.emperor.jail.Protection;
import org.emperor.jail.Protection.State;
import org.emperor.lang.Setting;
import org.emperor.spec.Form;
import org.emperor.spec.Options;
import org.emperor.spec.Program;
import org.emperor.spec.VassalSpec;

/** What stands between a program and its host, told with the line that asked for it or the one that would. */
public final class Protections {
    private static final String PRESET = "jail-preset";

    private final VassalSpec spec;
    private final LinuxFacts facts;
    private final JailSettings jail;
    private final Privileges privileges;
    private final List<Protection> all = new ArrayList<>();

    private Protections(VassalSpec spec, LinuxFacts facts) {
        this.spec = spec;
        this.facts = facts;
        this.jail = JailReader.read(spec.jail());
        this.privileges = jail.privileges();
    }

    /** Of a spec that this host accepts. */
    public static List<Protection> of(VassalSpec spec, HostFacts facts) {
        Protections protections = new Protections(spec, LinuxFacts.of(facts));
        protections.identity();
        protections.namespaces();
        protections.files();
        protections.capabilities();
        protections.noNewPrivs();
        protections.seccomp();
        protections.landlock();
        protections.ends();
        return List.copyOf(protections.all);
    }

    private void identity() {
        boolean root = spec.identity().uid() == 0;
        String runs = "runs as " + spec.identity().user();
        Optional<String> mapped = mappedFiles();
        if (root && jail.has(Namespace.USER) && mapped.isPresent()) {
            add("user", State.PARTLY, runs + ", of the host where ids of files are mapped", mapped.get());
        } else if (root && jail.has(Namespace.USER)) {
            String outside = jail.users().isGiven() ? ", outside whom its maps say" : ", outside a user of its own";
            add("user", State.ON, runs + outside, askedBy("clone"));
        } else if (root) {
            add("user", State.OFF, runs, "write uid and gid, or add user to clone");
        } else {
            add("user", State.ON, runs, at(Options.UID).orElse("the emperor's own user"));
        }
    }

    /** The line by which root inside writes files as root of the host. */
    private Optional<String> mappedFiles() {
        if (jail.users().mapsRoot()) {
            return at("root-idmap");
        }
        for (Setting setting : spec.jail()) {
            if (setting.key().equals("bind") && FileSystemReader.isMapped(setting)) {
                return Optional.of("bind at " + setting.position());
            }
        }
        return Optional.empty();
    }

    private void namespaces() {
        for (Namespace namespace : Namespace.values()) {
            String name = namespace.word() + " namespace";
            if (jail.owns(namespace)) {
                add(name, State.ON, "", namespaceAskedBy(namespace));
            } else {
                add(name, State.OFF, "", "add " + namespace.word() + " to clone");
            }
        }
    }

    /** The preset's are in addition to those of the file. */
    private String namespaceAskedBy(Namespace namespace) {
        for (Setting setting : spec.jail()) {
            List<String> words = List.of(setting.value().replace(" ", "").split(",", -1));
            boolean named = words.stream().anyMatch(it -> Namespace.parse(it).equals(Optional.of(namespace)));
            if (List.of("clone", "unshare", "unshare2").contains(setting.key()) && named) {
                return askedBy(setting.key());
            }
            if (namespace == Namespace.NET && makesNetwork(setting)) {
                return askedBy(setting.key());
            }
        }
        boolean ofRoot = EnumSet.of(Namespace.FS, Namespace.IPC, Namespace.UTS, Namespace.PID)
                .contains(namespace);
        return (ofRoot ? at("namespace") : Optional.<String>empty())
                .or(() -> at(PRESET))
                .orElse("usual");
    }

    private static boolean makesNetwork(Setting setting) {
        return switch (setting.key()) {
            case NetworkReader.NET -> !setting.value().equals("host");
            case "namespace-net" -> Form.isOn(setting.value());
            default -> false;
        };
    }

    private void files() {
        Optional<String> root = List.of("pivot-root", "chroot", "namespace").stream()
                .filter(this::isGiven)
                .findFirst();
        if (root.isPresent()) {
            add("root directory", State.ON, "", askedBy(root.get()));
        } else {
            add("root directory", State.OFF, "it sees the host's files", "write pivot-root, namespace or chroot");
        }
        FileSystemSettings files = jail.files();
        fileSwitch("read-only", files.readOnly());
        fileSwitch("private-tmp", files.privateTmp());
        fileSwitch("private-run", files.privateRun());
        fileSwitch("private-dev", files.privateDev());
        fileSwitch("hide-proc", files.hideProc());
        String mask = files.kernelMasks() ? askedBy("mask") : at("mask").orElse("write mask = default");
        add("masked kernel files", files.kernelMasks() ? State.ON : State.OFF, "", mask);
    }

    private void fileSwitch(String key, boolean on) {
        if (on) {
            add(key, State.ON, "", askedBy(key));
        } else {
            add(key, State.OFF, "", at(key).orElse("write " + key + " = true"));
        }
    }

    private void capabilities() {
        long available = PrivilegePart.available(facts, jail);
        long held = privileges.held(spec.identity().uid() == 0, available);
        long bounding = privileges.bounding(available);
        String detail = "has " + words(held, available) + ", can gain " + words(bounding, available);
        if (!privileges.boundsCapabilities()) {
            add("capabilities", State.OFF, detail, "write cap-keep");
        } else {
            String key = isGiven(PrivilegeOptions.CAP) ? PrivilegeOptions.CAP : PrivilegeOptions.CAP_KEEP;
            add("capabilities", bounding == available ? State.OFF : State.ON, detail, askedBy(key));
        }
    }

    private static String words(long set, long available) {
        return set == available ? "all" : Capability.words(set);
    }

    private void noNewPrivs() {
        if (!privileges.noNewPrivs()) {
            add("no-new-privs", State.OFF, "set-user-ID programs work", "write no-new-privs = true");
        } else if (isGiven(PrivilegeOptions.NO_NEW_PRIVS) || jail.preset().noNewPrivs()) {
            add("no-new-privs", State.ON, "", askedBy(PrivilegeOptions.NO_NEW_PRIVS));
        } else {
            add("no-new-privs", State.ON, "", "seccomp and landlock need it");
        }
    }

    private void seccomp() {
        if (privileges.seccomp().isPresent()) {
            add("seccomp", State.ON, privileges.seccomp().get().name(), askedBy(PrivilegeOptions.SECCOMP));
        } else {
            add("seccomp", State.OFF, "every system call goes through", without(PrivilegeOptions.SECCOMP));
        }
    }

    private void landlock() {
        if (privileges.landlock().isEmpty()) {
            boolean none = facts.confinement().landlock() == 0;
            String why = none ? "this kernel has no Landlock" : without(PrivilegeOptions.LANDLOCK);
            add("landlock", State.OFF, "", why);
            return;
        }
        int version = facts.confinement().landlock();
        String gaps = privileges.landlock().get().gaps(version);
        String detail = gaps.isEmpty() ? "" : "version " + version + " of this kernel lets through: " + gaps;
        add("landlock", gaps.isEmpty() ? State.ON : State.PARTLY, detail, askedBy(PrivilegeOptions.LANDLOCK));
    }

    /** What keeps it from outliving its jail or filling the host. */
    private void ends() {
        boolean resident = spec.program().init() == Program.Init.RESIDENT;
        boolean whole = !facts.cgroup2().isEmpty() || (resident && jail.has(Namespace.PID));
        add(
                "whole end",
                whole ? State.ON : State.PARTLY,
                whole ? "no process outlives the jail" : "a process that leaves its parents may",
                whole ? "cgroup v2 or a PID namespace" : "this host has no cgroup v2: add pid to clone");
        if (spec.limits().pidsMax().isPresent()) {
            add("processes", State.ON, "at most " + spec.limits().pidsMax().getAsLong(), askedBy(Options.PIDS_MAX));
        } else {
            add("processes", State.OFF, "as many as the host has", "write pids-max");
        }
    }

    private String without(String key) {
        return at(key).orElse("write " + key + " = default");
    }

    /** The line of the key, or the preset's that stands for it. */
    private String askedBy(String key) {
        return at(key).or(() -> at(PRESET)).orElse("usual");
    }

    private boolean isGiven(String key) {
        return at(key).isPresent();
    }

    private Optional<String> at(String key) {
        for (Setting setting : spec.jail()) {
            if (setting.key().equals(key)) {
                String value = setting.key().equals(PRESET) ? " = " + setting.value() : "";
                return Optional.of(key + value + " at " + setting.position());
            }
        }
        return Optional.ofNullable(spec.places().get(key)).map(place -> key + " at " + place);
    }

    private void add(String name, State state, String detail, String why) {
        all.add(new Protection(name, state, detail, why));
    }
}
