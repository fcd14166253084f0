package org.emperor.jail;

import java.util.List;
import java.util.Optional;

/**
 * How one jail is built, as data: what {@code emperor plan} prints is what runs.
 *
 * @param cloneFlags the namespaces of the one clone call, as the platform numbers them
 * @param cloneText the clone call in the notation of strace
 * @param cgroup the directory of the cgroup leaf the clone goes into
 * @param network what links its network with the host's, after attach; empty for most
 * @param init the steps of jail-init, ending with FORK_STAY, or with the program's exec where there is no resident init
 * @param main the steps of the main program's process, ending with its exec; empty without resident init
 * @param atexit the steps of a process that the main program's leaves to wait for its end; empty for most
 * @param diesWithEmperor whether jail-init ends the jail when the life pipe hangs up
 */
public record JailPlan(
        String platform,
        List<HostStep> prepare,
        long cloneFlags,
        String cloneText,
        Optional<String> cgroup,
        List<HostStep> attach,
        List<NetworkStep> network,
        List<Step> init,
        List<Step> main,
        List<Step> atexit,
        boolean diesWithEmperor) {
    public JailPlan {
        prepare = List.copyOf(prepare);
        attach = List.copyOf(attach);
        network = List.copyOf(network);
        init = List.copyOf(init);
        main = List.copyOf(main);
        atexit = List.copyOf(atexit);
    }

    /** Whether jail-init stays beside the program. */
    public boolean isResident() {
        return !main.isEmpty();
    }

    /** What counts of it once its program runs: all but the steps inside, but for one that tells whether there is an init. */
    public JailPlan standing() {
        List<Step> first = main.isEmpty() ? main : List.of(main.get(0));
        return new JailPlan(
                platform,
                prepare,
                cloneFlags,
                cloneText,
                cgroup,
                attach,
                network,
                List.of(),
                first,
                List.of(),
                diesWithEmperor);
    }

    /** Whether it joins a network namespace made ahead, whose descriptor then travels with it. */
    public boolean joinsNetwork() {
        for (Step step : init) {
            for (Arg arg : step.args()) {
                if (arg instanceof Arg.Received received && received.descriptor() == Descriptor.NETWORK) {
                    return true;
                }
            }
        }
        return false;
    }

    /** How many descriptors the attach steps open for it. */
    public int opened() {
        int opened = 0;
        for (HostStep step : attach) {
            opened += step.opens() ? 1 : 0;
        }
        return opened;
    }

    /** The step with this number, counted from 0 over those of init, main and atexit. */
    public Step step(int number) {
        return sectionOf(number).get(number - before(number));
    }

    /** How a message names the step with this number: {@code init/7 mount proc on /proc}. */
    public String stepName(int number) {
        Step step = step(number);
        return step.section() + "/" + (number - before(number) + 1) + " " + step.object();
    }

    private List<Step> sectionOf(int number) {
        boolean ofMain = number < init.size() + main.size();
        return number < init.size() ? init : ofMain ? main : atexit;
    }

    /** How many steps the sections before that of this step have. */
    private int before(int number) {
        boolean ofMain = number < init.size() + main.size();
        return number < init.size() ? 0 : ofMain ? init.size() : init.size() + main.size();
    }

    /** The whole plan, one numbered step a line under its section. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        hostSection(text, "prepare", prepare);
        text.append("clone\n").append(String.format("%4d  %s%n", 1, cloneText));
        hostSection(text, "attach", attach);
        section(text, "network", network.stream().map(NetworkStep::text).toList());
        stepSection(text, "init", init);
        stepSection(text, "main", main);
        stepSection(text, "atexit", atexit);
        return text.toString();
    }

    private static void hostSection(StringBuilder text, String name, List<HostStep> steps) {
        section(text, name, steps.stream().map(HostStep::text).toList());
    }

    private static void stepSection(StringBuilder text, String name, List<Step> steps) {
        section(text, name, steps.stream().map(Step::text).toList());
    }

    private static void section(StringBuilder text, String name, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        text.append(name).append('\n');
        int number = 1;
        for (String line : lines) {
            text.append(String.format("%4d  %s%n", number++, line));
        }
    }
}
