package org.emperor.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emperor.jail.HostFacts;
import org.emperor.jail.HostStep;
import org.emperor.jail.JailPlan;
import org.emperor.jail.NetworkStep;
import org.emperor.jail.PlanEncoder;
import org.emperor.jail.Seat;
import org.emperor.jail.Step;
import org.emperor.linux.plan.LaunchNeeds;
import org.emperor.linux.plan.LinkStep;
import org.emperor.spec.VassalSpec;

/** Plans in which one step cannot work: a call that no kernel has, a path that leads nowhere, flags that exclude each other. */
final class Sabotage implements LaunchSequence.Planner {
    /** Far above every system call of every architecture: ENOSYS. */
    private static final long NO_CALL = 4095;

    private static final int ENOSYS = 38;
    private static final long CLONE_THREAD = 0x10000; // without CLONE_SIGHAND: EINVAL, clone(2)
    private static final String NOWHERE = "/proc/nowhere/";

    private final KeptPlanners planners = new KeptPlanners();
    private volatile Optional<Section> section = Optional.empty();
    private volatile int index;
    private volatile Optional<Spoilt> spoilt = Optional.empty();
    private volatile boolean beyondTheEnd;

    /** A step that cannot work: how a message names it, and the errno that it gets. */
    record Spoilt(String step, String errno) {}

    /** The sections of a plan in which something can go wrong. */
    enum Section {
        PREPARE,
        CLONE,
        ATTACH,
        NETWORK,
        INIT,
        MAIN,
        ATEXIT
    }

    /** The step with this index fails from now on. */
    void spoil(Section of, int at) {
        section = Optional.of(of);
        index = at;
    }

    void stop() {
        section = Optional.empty();
    }

    /** How the step of the last plan that cannot work is named, or nothing if its failure would be passed over. */
    Optional<Spoilt> spoilt() {
        return spoilt;
    }

    /** Whether the last plan had no such step any more. */
    boolean isBeyondTheEnd() {
        return beyondTheEnd;
    }

    @Override
    public JailPlan plan(VassalSpec spec, HostFacts facts, Seat seat) {
        JailPlan plan = planners.plan(spec, facts, seat);
        spoilt = Optional.empty();
        beyondTheEnd = false;
        return section.map(of -> spoiled(plan, of)).orElse(plan);
    }

    @Override
    public LaunchNeeds needs(VassalSpec spec, HostFacts facts, List<String> joined) {
        return planners.needs(spec, facts, joined);
    }

    @Override
    public byte[] encode(VassalSpec spec, JailPlan plan) {
        return PlanEncoder.encode(plan);
    }

    private JailPlan spoiled(JailPlan plan, Section of) {
        List<HostStep> prepare = of == Section.PREPARE ? hostSteps(plan.prepare(), "prepare") : plan.prepare();
        List<HostStep> attach = of == Section.ATTACH ? hostSteps(plan.attach(), "attach") : plan.attach();
        List<NetworkStep> network = of == Section.NETWORK ? networkSteps(plan.network()) : plan.network();
        List<Step> init = of == Section.INIT ? steps(plan.init(), "init") : plan.init();
        List<Step> main = of == Section.MAIN ? steps(plan.main(), "main") : plan.main();
        List<Step> atexit = of == Section.ATEXIT ? steps(plan.atexit(), "atexit") : plan.atexit();
        return new JailPlan(
                plan.platform(),
                prepare,
                of == Section.CLONE ? flags(plan) : plan.cloneFlags(),
                plan.cloneText(),
                plan.cgroup(),
                attach,
                network,
                init,
                main,
                atexit,
                plan.diesWithEmperor());
    }

    private long flags(JailPlan plan) {
        beyondTheEnd = index > 0;
        spoilt = Optional.of(new Spoilt("clone/1 clone jail-init: " + plan.cloneText(), "EINVAL"));
        return plan.cloneFlags() | CLONE_THREAD;
    }

    private List<HostStep> hostSteps(List<HostStep> steps, String name) {
        if (index >= steps.size()) {
            beyondTheEnd = true;
            return steps;
        }
        List<HostStep> changed = new ArrayList<>(steps);
        HostStep step = steps.get(index);
        HostStep lost = new HostStep(step.kind(), NOWHERE + index, step.content(), step.mode(), step.uid(), step.gid());
        changed.set(index, lost);
        spoilt = Optional.of(new Spoilt(name + "/" + (index + 1) + " " + lost.object(), "ENOENT"));
        return changed;
    }

    private List<NetworkStep> networkSteps(List<NetworkStep> steps) {
        if (index >= steps.size()) {
            beyondTheEnd = true;
            return steps;
        }
        List<NetworkStep> changed = new ArrayList<>(steps);
        LinkStep lost = new LinkStep.Raise(LinkStep.Side.HOST, "nowhere" + index, "", "");
        changed.set(index, lost);
        spoilt = Optional.of(new Spoilt("network/" + (index + 1) + " " + lost.object(), "ENODEV"));
        return changed;
    }

    private List<Step> steps(List<Step> steps, String name) {
        if (index >= steps.size()) {
            beyondTheEnd = true;
            return steps;
        }
        List<Step> changed = new ArrayList<>(steps);
        Step step = steps.get(index);
        if (step.kind() == Step.Kind.CALL) {
            changed.set(index, withoutCall(step));
            if (!isPassedOver(step)) {
                spoilt = Optional.of(new Spoilt(name + "/" + (index + 1) + " " + step.object(), "ENOSYS"));
            }
        }
        return changed;
    }

    private static Step withoutCall(Step step) {
        return new Step(
                step.section(),
                step.kind(),
                step.text(),
                step.object(),
                NO_CALL,
                step.args(),
                step.flags(),
                step.tolerated());
    }

    private static boolean isPassedOver(Step step) {
        return step.flags().contains(Step.Flag.MAY_FAIL)
                && (step.tolerated().isEmpty() || step.tolerated().contains(ENOSYS));
    }
}
