package org.emperor.realm;

import static org.emperor.realm.Stages.API;
import static org.emperor.realm.Stages.NOW;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.emperor.spec.Backoff;
import org.emperor.spec.Restart;
import org.emperor.spec.Signal;
import org.emperor.spec.StopStep;

/** Runs both machines through every state and event, and writes down what they do. */
final class StatesDocument {
    private static final Terms PLAIN = Specs.restarting(API);
    private static final Terms OWES_READY = Specs.overlapping(API);
    private static final Terms TWO_STEPS = new Terms(
            API,
            Terms.Reload.RESTART,
            Optional.empty(),
            List.of(new StopStep(Signal.INT, Duration.ofSeconds(1)), new StopStep(Signal.TERM, Duration.ofSeconds(1))),
            Specs.PATIENT);
    private static final Terms ONE_FAULT_IS_ENOUGH =
            Terms.of(API, new RespawnPolicy(Duration.ofSeconds(1), 2, Duration.ofSeconds(1), 0, OptionalInt.of(0)));

    /** The exit code of {@link Stages#event} is a success here. */
    private static final Terms RUNS_ONCE = Specs.restarting(Specs.spec(
            "api", Specs.restarting(new Restart(Restart.When.ON_FAILURE, List.of(3), List.of(), Backoff.STANDARD))));

    private static final Terms RELOADS_ITSELF = Specs.restarting(Specs.spec("api", Specs.reloading()));

    private final StringBuilder text = new StringBuilder();

    String text() {
        line("# The states of a vassal", "");
        line("Written by `StatesDocumentTest` from the code; do not edit. `-Demperor.write=true` writes it anew.", "");
        line("## One incarnation", "");
        line(
                "`·` nothing changes. `note` is remembered. `✗` cannot happen: nothing changes, and it is counted as our defect.");
        line("A *fault* counts against the vassal. `ended` means that nothing of the incarnation is left.", "");
        incarnationTable();
        incarnationDiagram();
        line("", "## A vassal", "");
        line(
                "What each stance becomes, and what is done. LAUNCH needs a wish for UP, no shut gate and a free slot.",
                "");
        table("stance", stances(), happenings());
        line("", "## An overlapping reload", "");
        line("`api.1` is current and loyal; `api.2` is the successor, not ready yet.", "");
        table("there are", Map.of("api.1 and api.2", overlap()), overlapHappenings());
        return text.toString();
    }

    private void incarnationTable() {
        row("phase", List.of(EventKind.values()));
        row("---", List.of(EventKind.values()).stream().map(kind -> "---").toList());
        for (Phase phase : Phase.values()) {
            List<String> cells = new ArrayList<>();
            for (EventKind kind : EventKind.values()) {
                cells.add(cell(phase, kind));
            }
            row(phase.toString(), cells);
        }
    }

    private static String cell(Phase phase, EventKind kind) {
        String usual = passage(phase, PLAIN, kind);
        String owing = passage(phase, OWES_READY, kind);
        String early = passage(phase, TWO_STEPS, kind);
        String cell = early.equals(usual) ? usual : early + "; last step: " + usual;
        return owing.equals(usual) ? cell : "owes READY: " + owing + "; else " + cell;
    }

    private static String passage(Phase phase, Terms terms, EventKind kind) {
        Incarnation one = Stages.in(phase, terms);
        Passage passage = Stages.passage(one, kind);
        if (passage.defect()) {
            return "✗";
        }
        if (passage.ended()) {
            return "*ended*";
        }
        String fault = faults(passage.next()) && !faults(one) ? ", fault" : "";
        String effect = passage.effect().map(it -> " + " + it.kind()).orElse("");
        if (passage.next().phase() == phase) {
            return effect.isEmpty() ? passage.next().equals(one) ? "·" : "note" : "again" + effect;
        }
        return passage.next().phase() + effect + fault;
    }

    private static boolean faults(Incarnation one) {
        return one.ending().filter(Ending::fault).isPresent();
    }

    private void incarnationDiagram() {
        line("", "```mermaid", "stateDiagram-v2", "    [*] --> STARTING: LAUNCH");
        for (Phase phase : Phase.values()) {
            Map<String, Set<String>> arrows = new LinkedHashMap<>();
            for (Terms terms : List.of(PLAIN, OWES_READY)) {
                for (EventKind kind : EventKind.values()) {
                    Passage passage = Stages.passage(Stages.in(phase, terms), kind);
                    String target =
                            passage.ended() ? "[*]" : passage.next().phase().toString();
                    if (!target.equals(phase.toString())) {
                        arrows.computeIfAbsent(target, it -> new LinkedHashSet<>())
                                .add(kind.toString());
                    }
                }
            }
            arrows.forEach(
                    (target, kinds) -> line("    " + phase + " --> " + target + ": " + String.join(", ", kinds)));
        }
        line("```");
    }

    private static Map<String, Vassal> stances() {
        Vassal active = loyal(PLAIN);
        Vassal failed = told(told(up(ONE_FAULT_IS_ENOUGH), EventKind.EXITED, 1), EventKind.DISMANTLED, 1);
        Map<String, Vassal> rows = new LinkedHashMap<>();
        for (Vassal vassal : List.of(
                Vassal.stranger(PLAIN, 0),
                told(told(up(PLAIN), EventKind.EXITED, 1), EventKind.DISMANTLED, 1),
                active,
                told(told(up(RUNS_ONCE), EventKind.EXITED, 1), EventKind.DISMANTLED, 1),
                failed)) {
            rows.put(vassal.stance().toString(), vassal);
        }
        rows.put("ACTIVE, with a reload signal", loyal(RELOADS_ITSELF));
        rows.put("ACTIVE, dismantling after a success of one that runs once", told(up(RUNS_ONCE), EventKind.EXITED, 1));
        rows.put("ACTIVE, dismantling after a fault", told(up(PLAIN), EventKind.EXITED, 1));
        rows.put("ACTIVE, dismantling after a loyal life", told(active, EventKind.EXITED, 1));
        return rows;
    }

    private static Map<String, Function<Vassal, Decision>> happenings() {
        Map<String, Function<Vassal, Decision>> columns = new LinkedHashMap<>();
        for (Want want : Want.values()) {
            columns.put("newer wish " + want, vassal -> wish(vassal, want));
        }
        columns.put("gate BACKOFF opens", vassal -> LifeCycle.open(vassal, Gate.BACKOFF, NOW));
        columns.put("EXITED", vassal -> tell(vassal, EventKind.EXITED, 1));
        columns.put("DISMANTLED", vassal -> tell(vassal, EventKind.DISMANTLED, 1));
        return columns;
    }

    private static Vassal overlap() {
        Vassal proven = told(loyal(OWES_READY), EventKind.READY, 1);
        return told(wish(proven, Want.UP).next(), EventKind.LAUNCHED, 2);
    }

    private static Map<String, Function<Vassal, Decision>> overlapHappenings() {
        Map<String, Function<Vassal, Decision>> columns = new LinkedHashMap<>();
        columns.put("api.2 READY", vassal -> tell(vassal, EventKind.READY, 2));
        columns.put("api.2 ends", vassal -> both(vassal, 2));
        columns.put("api.1 ends", vassal -> both(vassal, 1));
        columns.put("newer wish UP", vassal -> wish(vassal, Want.UP));
        columns.put("newer wish GONE", vassal -> wish(vassal, Want.GONE));
        return columns;
    }

    private void table(String corner, Map<String, Vassal> rows, Map<String, Function<Vassal, Decision>> columns) {
        row(corner, columns.keySet());
        row("---", columns.keySet().stream().map(column -> "---").toList());
        rows.forEach((name, vassal) -> row(
                name,
                columns.values().stream()
                        .map(column -> outcome(vassal, column.apply(vassal)))
                        .toList()));
    }

    private static String outcome(Vassal before, Decision decision) {
        if (decision.defect()) {
            return "✗";
        }
        Vassal after = decision.next();
        if (after.equals(before)) {
            return "·";
        }
        List<String> parts = new ArrayList<>();
        parts.add(after.isForgotten() ? "*forgotten*" : after.stance().toString());
        decision.effects().forEach(effect -> parts.add("+ " + effect.kind() + " " + effect.incarnation()));
        if (after.failures() > before.failures()) {
            parts.add("; failures + 1" + (after.isShut(Gate.BACKOFF) ? ", gate BACKOFF shut" : ""));
        }
        return parts.stream().collect(Collectors.joining(" ")).replace(" ;", ";");
    }

    private static Vassal up(Terms terms) {
        return wish(Vassal.stranger(terms, 0), Want.UP).next();
    }

    private static Vassal loyal(Terms terms) {
        Vassal running = told(up(terms), EventKind.LAUNCHED, 1);
        Vassal ready = told(running, EventKind.READY, 1);
        return told(ready, EventKind.DEADLINE, 1);
    }

    private static Decision wish(Vassal vassal, Want want) {
        Wish newer = new Wish(want, API, vassal.wish().revision() + 1);
        return LifeCycle.wish(vassal, newer, vassal.terms(), NOW);
    }

    private static Decision both(Vassal vassal, long number) {
        return tell(vassal, EventKind.EXITED, number).then(it -> tell(it, EventKind.DISMANTLED, number));
    }

    private static Vassal told(Vassal vassal, EventKind kind, long number) {
        return tell(vassal, kind, number).next();
    }

    private static Decision tell(Vassal vassal, EventKind kind, long number) {
        return LifeCycle.decide(vassal, Stages.event(kind, new IncarnationId(API.name(), number)), NOW);
    }

    private void row(String first, Iterable<?> rest) {
        text.append("| ").append(first).append(" |");
        rest.forEach(cell -> text.append(' ').append(cell).append(" |"));
        text.append('\n');
    }

    private void line(String... lines) {
        for (String line : lines) {
            text.append(line).append('\n');
        }
    }
}
