package org.emperor.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.emperor.lang.Setting;
import org.emperor.lang.Shown;

/** Reads how the vassal lives, and within which limits. */
final class LifeReader {
    /** PID_MAX_LIMIT of Linux less the jail-init that counts in the same cgroup; the kernel refuses more, FreeBSD has fewer. */
    private static final long MOST_PIDS = 4_194_303;

    private final Sheet sheet;
    private final Report report;

    LifeReader(Sheet sheet, Report report) {
        this.sheet = sheet;
        this.report = report;
    }

    Life life() {
        return new Life(
                stopSequence(),
                sheet.has(Options.RELOAD_SIGNAL) ? sheet.value(Options.RELOAD_SIGNAL, Forms::signal) : Optional.empty(),
                sheet.valueOrStandard(Options.RELOAD_ON_TOUCH, Forms::flag),
                sheet.valueOrStandard(Options.LOYAL_AFTER, LifeReader::someTime),
                sheet.valueOrStandard(Options.START_TIMEOUT, LifeReader::someTime),
                sheet.valueOrStandard(Options.ON_EMPEROR_DEATH, LifeReader::diesWithEmperor),
                new RestartReader(sheet, report).read());
    }

    private List<StopStep> stopSequence() {
        Optional<List<StopStep>> sequence = sheet.has(Options.STOP_SEQUENCE)
                ? sheet.value(Options.STOP_SEQUENCE, StopStep::sequence)
                : Optional.empty();
        StopStep one = new StopStep(
                sheet.valueOrStandard(Options.STOP_SIGNAL, Forms::signal),
                sheet.valueOrStandard(Options.STOP_GRACE, Durations::parse));
        if (sequence.isPresent()) {
            refuseBeside(Options.STOP_SIGNAL);
            refuseBeside(Options.STOP_GRACE);
        }
        return sequence.orElse(List.of(one));
    }

    private void refuseBeside(String key) {
        if (sheet.isGiven(key)) {
            report.add(sheet.given(key).get(0), "cannot stand beside " + Options.STOP_SEQUENCE, "keep one of them");
        }
    }

    static Parsed<Duration> someTime(String text) {
        return Durations.parse(text)
                .then(duration -> duration.isZero()
                        ? Parsed.unfit("must be longer than 0", "write for instance 3s")
                        : Parsed.value(duration));
    }

    private static Parsed<Boolean> diesWithEmperor(String text) {
        return switch (text) {
            case "die" -> Parsed.value(true);
            case "live" -> Parsed.unfit("\"live\" is not supported yet", "allowed: die");
            default -> Forms.notAllowed(text, "die");
        };
    }

    /** Only looks at the number: who reads the file for each of them has it. */
    void instances() {
        if (sheet.has(Options.INSTANCES)) {
            sheet.value(Options.INSTANCES, Instances::count);
        }
    }

    Limits limits() {
        List<ResourceLimit> resources = new ArrayList<>();
        for (Resource resource : Options.LIMITED) {
            if (sheet.has(resource.key())) {
                sheet.value(resource.key(), text -> ResourceLimit.parse(resource, text))
                        .ifPresent(resources::add);
            }
        }
        OptionalLong pids = sheet.value(Options.PIDS_MAX, LifeReader::pids)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
        return new Limits(pids, resources);
    }

    private static Parsed<Long> pids(String text) {
        return Forms.count(text)
                .then(count -> count >= 1 && count <= MOST_PIDS
                        ? Parsed.value(count)
                        : Parsed.unfit(Shown.quoted(text) + " is out of range", "write 1 to " + MOST_PIDS));
    }

    SortedMap<String, String> labels() {
        SortedMap<String, String> labels = new TreeMap<>();
        for (Setting setting : sheet.given(Options.LABELS)) {
            sheet.parse(setting, Labels::parse)
                    .ifPresent(all -> all.forEach(label -> {
                        if (labels.putIfAbsent(label.getKey(), label.getValue()) != null) {
                            report.add(setting, "label " + label.getKey() + " is given twice", "keep one of them");
                        }
                    }));
            if (labels.size() > Labels.MOST) {
                report.add(setting, "more than " + Labels.MOST + " labels", "remove some");
                return new TreeMap<>();
            }
        }
        return labels;
    }
}
