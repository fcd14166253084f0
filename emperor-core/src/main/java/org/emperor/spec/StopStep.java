package org.emperor.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One step of asking a program to end: the signal, and how long it may take before the next step. */
public record StopStep(Signal signal, Duration patience) {
    private static final int MOST = 16;

    /** {@code TERM 10s INT 5s}; what has not ended after the last step is killed. */
    static Parsed<List<StopStep>> sequence(String text) {
        return Forms.words(text).then(StopStep::sequence);
    }

    private static Parsed<List<StopStep>> sequence(List<String> words) {
        if (words.size() % 2 != 0 || words.size() > 2 * MOST) {
            return Parsed.unfit(
                    "not pairs of a signal and a duration, at most " + MOST, "write for instance TERM 10s INT 5s");
        }
        List<StopStep> steps = new ArrayList<>();
        for (int i = 0; i < words.size(); i += 2) {
            Parsed<Signal> signal = Forms.signal(words.get(i));
            Parsed<Duration> patience = Durations.parse(words.get(i + 1));
            if (signal instanceof Parsed.Unfit<Signal> unfit) {
                return Parsed.unfit(unfit.rule(), unfit.remedy());
            }
            if (patience instanceof Parsed.Unfit<Duration> unfit) {
                return Parsed.unfit(unfit.rule(), unfit.remedy());
            }
            steps.add(
                    new StopStep(signal.value().orElseThrow(), patience.value().orElseThrow()));
        }
        return Parsed.value(steps);
    }
}
