package org.emperor.linux.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The benchmark: measures what its options ask for, prints the tables, and keeps them in a document. */
public final class Main {
    /** Everything below it in the document is measured. */
    static final String MARK = "<!-- Everything below is written by scripts/bench. -->";

    private final BenchmarkOptions options;
    private final Programs programs = Programs.find();
    private final Path scratch;

    private Main(BenchmarkOptions options, Path scratch) {
        this.options = options;
        this.scratch = scratch;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        BenchmarkOptions options;
        try {
            options = BenchmarkOptions.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + BenchmarkOptions.USAGE);
            System.exit(2);
            return;
        }
        String load = Machine.load();
        try (Scratch scratch = Scratch.make()) {
            String report =
                    Machine.facts(scratch.directory(), load) + "\n" + new Main(options, scratch.directory()).measure();
            if (options.document().isPresent()) {
                write(options.document().get(), report);
            }
        }
        System.exit(0); // readers of FIFOs may still wait
    }

    private static void write(Path document, String report) throws IOException {
        String text = Files.readString(document);
        int mark = text.indexOf(MARK);
        if (mark < 0) {
            throw new IllegalStateException(document + " has no line " + MARK);
        }
        Files.writeString(document, text.substring(0, mark) + MARK + "\n\n" + report);
    }

    private String measure() throws IOException, InterruptedException {
        List<String> tables = new ArrayList<>();
        if (options.wants("launch")) {
            try (LaunchBenchmark launch = new LaunchBenchmark(programs, scratch, JavaCommand.asDaemon())) {
                tables.add(show(launch.run(options.rounds(50))));
            }
        }
        Courts courts = new Courts(programs, scratch, emperor());
        if (options.wants("reactions")) {
            tables.add(show(new ReactionBenchmark(courts).run(options.rounds(200))));
        }
        if (options.wants("crowd") || options.wants("multitude")) {
            crowds(courts).forEach(table -> tables.add(show(table)));
        }
        if (options.wants("upkeep")) {
            tables.add(show(new UpkeepBenchmark(courts, programs).run()));
        }
        if (options.wants("reading")) {
            tables.add(show(new ReadingBenchmark(scratch).run(options.rounds(10))));
        }
        return String.join("\n", tables);
    }

    private static String show(Table table) {
        System.out.println(table);
        return table.toString();
    }

    private List<Table> crowds(Courts courts) throws IOException, InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        List<List<String>> turns = new ArrayList<>();
        if (options.wants("crowd")) {
            rows.addAll(new CrowdBenchmark(courts, Shape.NONE, 1).run(options.rounds(20)));
            crowd(new CrowdBenchmark(courts, Shape.NONE, 1000), options.rounds(5), rows, turns);
            crowd(new CrowdBenchmark(courts, Shape.FIVE, 1000), options.rounds(5), rows, turns);
        }
        if (options.wants("multitude")) {
            crowd(new CrowdBenchmark(courts, Shape.NONE, 10_000), 1, rows, turns);
        }
        List<String> head = List.of("what", "n", "median s", "worst s", "× raw", "budget");
        return List.of(new Table("Crowds", CrowdBenchmark.NOTE, head, rows), TurnTimes.table(turns));
    }

    private static void crowd(CrowdBenchmark benchmark, int rounds, List<List<String>> rows, List<List<String>> turns)
            throws IOException, InterruptedException {
        rows.addAll(benchmark.run(rounds));
        turns.add(benchmark.turns());
    }

    private List<String> emperor() {
        return options.emperor().map(launcher -> List.of(launcher.toString())).orElseGet(() -> JavaCommand.asDaemon()
                .running("org.emperor.cli.Main", List.of()));
    }
}
