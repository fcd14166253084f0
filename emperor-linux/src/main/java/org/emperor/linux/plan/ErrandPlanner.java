package org.emperor.linux.plan;

import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emperor.jail.HostFacts;
import org.emperor.jail.JailPlan;
import org.emperor.jail.Seat;
import org.emperor.lang.Setting;
import org.emperor.spec.Identity;
import org.emperor.spec.Limits;
import org.emperor.spec.Program;
import org.emperor.spec.VassalSpec;

/** Compiles errands: a process with a leaf of its own and no other jail, so that whatever it leaves running ends with it. */
public final class ErrandPlanner {
    private static final Set<String> OF_USERS = Set.of("HOME", "USER", "LOGNAME", "SHELL");
    private static final String ANY_PROGRAM = "hook";
    private static final int SOME_PID = 1; // values of variables are not shown

    private ErrandPlanner() {}

    /** Those that a vassal has; none for most. */
    public static Set<Errand> errands(VassalSpec spec) {
        Set<Errand> errands = EnumSet.noneOf(Errand.class);
        for (Setting setting : spec.jail()) { // looked at before each launch: the whole reader would be too much
            switch (setting.key()) {
                case ErrandOptions.START -> errands.add(Errand.BEFORE);
                case ErrandOptions.STOP -> errands.add(Errand.AFTER);
                case "hook-as-emperor", "mount-as-emperor", "umount-as-emperor", "exec-as-emperor" ->
                    errands.add(Errand.BESIDE);
                default -> {}
            }
        }
        return errands;
    }

    /** How long each of them may take. */
    public static Duration limit(VassalSpec spec) {
        return JailReader.read(spec.jail()).hooks().hostLimit();
    }

    /** The plans of all that it has, by when they are run, as they are shown. */
    public static Map<String, JailPlan> preview(VassalSpec spec, HostFacts facts, Seat seat) {
        Map<String, JailPlan> plans = new LinkedHashMap<>();
        for (Errand errand : errands(spec)) {
            Seat own = new Seat(
                    seat.incarnation().errand(errand.word()),
                    seat.stateDirectory(),
                    seat.realmId(),
                    seat.idRange(),
                    false,
                    "",
                    List.of());
            int beside = errand == Errand.BESIDE ? SOME_PID : 0;
            plans.put(errand.when(), plan(spec, errand, facts, own, beside));
        }
        return plans;
    }

    /**
     * @param seat whose incarnation is the errand's
     * @param init the pid of the jail-init that it is beside, or of the program in its place; 0 if there is none
     */
    public static JailPlan plan(VassalSpec spec, Errand errand, HostFacts hostFacts, Seat seat, int init) {
        LinuxFacts facts = LinuxFacts.of(hostFacts);
        HookSettings hooks = JailReader.read(spec.jail()).hooks();
        VassalSpec host = onHost(spec, facts);
        JailSettings none = JailReader.read(List.of());
        CgroupPart cgroups = new CgroupPart(host, facts, seat, none);
        HostPart part = new HostPart(host, facts, seat, none, null, cgroups, Restraints.NONE);
        StepList steps = new StepList(facts.arch());
        ProgramEnvironment environment = environment(host, spec, seat, init);
        HookPart run = new HookPart(steps, host, facts, hooks, environment, milliseconds(hooks.hostLimit()));
        run.takePlace();
        run.run(errand.phase());
        steps.end();
        return new JailPlan(
                "linux",
                part.prepare(),
                part.cloneFlags(),
                part.cloneText(),
                cgroups.bornIn(),
                part.attach(),
                List.of(),
                steps.init(),
                steps.main(),
                List.of(),
                true);
    }

    /** As a plan counts: up to 24 days. */
    private static long milliseconds(Duration limit) {
        return Math.min(Integer.MAX_VALUE, limit.toMillis());
    }

    /** The emperor itself in the vassal's place, with nothing of its jail. */
    private static VassalSpec onHost(VassalSpec spec, LinuxFacts facts) {
        OwnIds own = facts.own();
        boolean root = own.uid() == 0;
        Identity emperor = new Identity(
                root ? "root" : Integer.toString(own.uid()),
                own.uid(),
                own.gid(),
                own.groups(),
                root ? "/root" : "/",
                "/bin/sh");
        Program program = new Program(
                List.of(ANY_PROGRAM),
                Optional.empty(),
                Map.of(),
                root ? Set.of() : OF_USERS, // whose they are is not known here
                Program.Init.NONE,
                Program.STANDARD_UMASK,
                spec.program().priority());
        return new VassalSpec(
                spec.name(),
                spec.file(),
                program,
                emperor,
                spec.life(),
                Limits.NONE,
                spec.labels(),
                List.of(),
                spec.places(),
                spec.digest());
    }

    private static ProgramEnvironment environment(VassalSpec host, VassalSpec vassal, Seat seat, int init) {
        ProgramEnvironment environment = new ProgramEnvironment(host);
        String file = HookPart.fileName(vassal);
        environment.put("EMPEROR_VASSAL", vassal.name().toString());
        environment.put("EMPEROR_INCARNATION", Long.toString(seat.incarnation().number()));
        environment.put("UWSGI_VASSAL_CONFIG", file);
        environment.put(
                "UWSGI_VASSALS_DIR",
                vassal.file().substring(0, Math.max(0, vassal.file().length() - file.length() - 1)));
        environment.put("UWSGI_VASSAL_UID", Integer.toString(vassal.identity().uid()));
        environment.put("UWSGI_VASSAL_GID", Integer.toString(vassal.identity().gid()));
        if (init != 0) {
            environment.put("UWSGI_VASSAL_PID", Integer.toString(init));
        }
        return environment;
    }
}
