package org.emperor.linux.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * From the launch of a program that does nothing to its reap, by everybody in turn: a few launches each, round after round,
 * so that a machine that gets slower or busier does so for all.
 */
final class LaunchBenchmark implements AutoCloseable {
    private static final int TURN = 10;
    private static final int WARM_UP = 400;
    private static final String NOTE = """
            From before the launch to after the reap. *raw* is one clone3 with `VM|VFORK`, the same namespaces, `lo` up, the same
            mounts (a /proc wherever there are fs and pid), exec and waitpid in C. *emperor* is the whole path of a vassal that is
            launched again, its file unchanged: plan, cgroup leaf, FIFO, exit record, control socket, clone into the leaf, plan
            sent, jail-init's steps, exec, reap, exit record read; *dismantled* goes on to the removal of the
            leaf and the files. `init = none`: the program is the jail's first process; *resident*: jail-init stays as its init, so
            that two processes are made and reaped. bwrap has its own init too; crun makes no cgroup here. With `standard` the
            others make the same jail as without it: less than ours.""";

    private final Programs programs;
    private final Path root;
    private final Peers peers;
    private final Driver ours;
    private final List<Driver> drivers = new ArrayList<>();

    LaunchBenchmark(Programs programs, Path scratch, JavaCommand java) throws IOException {
        this.programs = programs;
        this.root = scratch.resolve("root");
        this.peers = new Peers(programs, scratch);
        programs.makeRoot(root);
        Path state = scratch.resolve("state");
        Files.createDirectories(state.resolve("vassals"));
        ours = driver(
                "emperor",
                java.running(
                        OurPath.class.getName(),
                        List.of(
                                state.toString(),
                                root.toString(),
                                programs.noOp().toString())));
    }

    private Driver driver(String name, List<String> command) {
        Driver driver = new Driver(name, command);
        drivers.add(driver);
        return driver;
    }

    Table run(int rounds) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            List<Contender> contenders = contenders(shape);
            contenders.forEach(contender -> contender.warmUp(WARM_UP));
            for (int round = 0; round < rounds; round++) {
                contenders.forEach(contender -> contender.run(TURN));
                Collections.rotate(contenders, 1); // nobody always follows the same one's leavings
            }
            rows.addAll(rows(shape, contenders));
        }
        return new Table(
                "Launch, exit, reap",
                NOTE,
                List.of("jail, by whom", "n", "p10 ms", "median ms", "p99 ms", "× raw", "budget"),
                rows);
    }

    private List<Contender> contenders(Shape shape) throws IOException {
        List<Contender> contenders = new ArrayList<>();
        String jailRoot = shape.hasRoot() ? root.toString() : "-";
        String program = shape.hasRoot() ? "/no-op" : programs.noOp().toString();
        contenders.add(new Contender(
                driver("raw", List.of(programs.rawClone().toString(), "jail", shape.namespaces(), jailRoot, program)),
                "",
                List.of("raw")));
        for (String init : List.of("none", "resident")) {
            String name = init.equals("none") ? "emperor, `init = none`" : "emperor, resident jail-init";
            contenders.add(new Contender(ours, shape.name() + " " + init, List.of(name, name + ", dismantled")));
        }
        peers.bwrap(shape, root).ifPresent(command -> contenders.add(peer("bwrap", command)));
        peers.crun(shape, root).ifPresent(command -> contenders.add(peer("crun", command)));
        return contenders;
    }

    private Contender peer(String name, List<String> command) {
        List<String> whole = new ArrayList<>(List.of(programs.rawClone().toString(), "command"));
        whole.addAll(command);
        return new Contender(
                driver(name, name.equals("crun") ? Peers.withoutHybridCgroups(whole) : whole), "", List.of(name));
    }

    private static List<List<String>> rows(Shape shape, List<Contender> contenders) {
        List<Contender> ordered = new ArrayList<>(contenders);
        ordered.sort(java.util.Comparator.comparingInt(
                contender -> place(contender.names().get(0))));
        long raw = ordered.get(0).samples(0).median();
        List<List<String>> rows = new ArrayList<>();
        for (Contender contender : ordered) {
            for (int i = 0; i < contender.names().size(); i++) {
                rows.add(row(shape, contender.names().get(i), contender.samples(i), raw));
            }
        }
        return rows;
    }

    private static int place(String name) {
        return List.of("raw", "emperor, `init = none`", "emperor, resident jail-init", "bwrap", "crun")
                .indexOf(name);
    }

    private static List<String> row(Shape shape, String name, Samples samples, long raw) {
        double ratio = (double) samples.median() / raw;
        return List.of(
                shape + ": " + name,
                Integer.toString(samples.count()),
                Numbers.milliseconds(samples.percentile(10)),
                Numbers.milliseconds(samples.median()),
                Numbers.milliseconds(samples.percentile(99)),
                Numbers.digits(ratio),
                budget(shape, name).map(budget -> budget.verdict(ratio)).orElse(""));
    }

    private static java.util.Optional<Budget> budget(Shape shape, String name) {
        if (!name.startsWith("emperor") || name.endsWith("dismantled")) {
            return java.util.Optional.empty();
        }
        return switch (shape) {
            case NONE -> java.util.Optional.of(Budget.ratio(name.contains("resident") ? 4 : 2));
            case ROOTED -> java.util.Optional.of(Budget.ratio(1.4));
            case STANDARD -> java.util.Optional.of(Budget.ratio(2.5));
            default -> java.util.Optional.empty();
        };
    }

    @Override
    public void close() {
        drivers.forEach(Driver::close);
    }
}
