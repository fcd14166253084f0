package org.emperor.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.lang.Question;
import org.emperor.lang.Reading;
import org.emperor.lang.Setting;
import org.emperor.lang.Shown;

/** One file that is several vassals, {@code instances = 3}: it is read once for each, as each has its own placeholders. */
public final class Instances {
    private static final int MOST = 1000;

    /** As many as one file may lead to: together they are one file still. */
    private static final int MOST_SETTINGS = 100_000;

    /** In characters: what a small file multiplies must not fill the emperor. */
    private static final long HEAVIEST = 16 << 20;

    private final VassalName family;
    private final String file;
    private final Reader reader;

    /** Reads the file as that of one instance. */
    interface Reader {
        SpecResult read(VassalName instance);
    }

    /** @param family the name that all their names begin with */
    Instances(VassalName family, String file, Reader reader) {
        this.family = family;
        this.file = file;
        this.reader = reader;
    }

    /** Whether a file that says how many instances it has has that one; any, as long as it says no number. */
    public static boolean has(Reading reading, String instance) {
        Optional<Integer> count = countIn(reading);
        boolean has = count.isEmpty();
        for (int i = 1; i <= count.orElse(0); i++) {
            has |= instance.equals(String.valueOf(i));
        }
        return has;
    }

    private static Optional<Integer> countIn(Reading reading) {
        return said(reading).flatMap(setting -> count(setting.value()).value());
    }

    static Parsed<Integer> count(String text) {
        return Forms.count(text)
                .then(count -> count >= 1 && count <= MOST
                        ? Parsed.value(count.intValue())
                        : Parsed.unfit(Shown.quoted(text) + " is out of range", "write 1 to " + MOST));
    }

    /** @param reading what the file says of no instance in particular */
    SpecResult read(Reading reading) {
        Optional<Integer> count = countIn(reading);
        if (family.instance().isPresent()) {
            return refused(reading, "an instance has none of its own", "remove it");
        }
        if (family.withInstance(String.valueOf(count.orElse(1))).isEmpty()) {
            return refused(reading, "makes names of more than 64 characters", "give the file a shorter name");
        }
        if ((long) count.orElse(1) * reading.settings().size() > MOST_SETTINGS) {
            return refused(reading, "makes more than " + MOST_SETTINGS + " settings in all", "write fewer");
        }
        SpecResult result =
                first(count.orElse(1), reading); // which knows what is wrong with the number if there is none
        return count.isEmpty() && result instanceof SpecResult.Accepted
                ? refused(reading, "depends on %(instance)", "write a number")
                : result;
    }

    private SpecResult first(int count, Reading reading) {
        List<VassalSpec> vassals = new ArrayList<>(count);
        Set<String> files = new LinkedHashSet<>(reading.files());
        Map<Question, List<String>> answers = new HashMap<>(reading.answers());
        long weight = 0;
        for (int i = 1; i <= count; i++) {
            SpecResult one = reader.read(family.withInstance(String.valueOf(i)).orElseThrow());
            files.addAll(one.files());
            one.answers().forEach(answers::putIfAbsent);
            if (one instanceof SpecResult.Refused refused) {
                return new SpecResult.Refused(refused.problems(), List.copyOf(files), answers);
            }
            VassalSpec vassal = ((SpecResult.Accepted) one).spec();
            vassals.add(vassal);
            weight += vassal.weight();
            if (weight > HEAVIEST) {
                return refused(reading, "makes more than " + (HEAVIEST >> 20) + " MiB of values in all", "write fewer");
            }
        }
        return new SpecResult.Accepted(vassals, List.copyOf(files), answers);
    }

    /** Refused for the number, where it stands; for the file as a whole if its value cannot be told. */
    private SpecResult refused(Reading reading, String rule, String remedy) {
        Position position = said(reading).map(Setting::position).orElseGet(() -> Position.of(file));
        Problem problem = new Problem(position, Options.INSTANCES, rule, remedy);
        return new SpecResult.Refused(List.of(problem), reading.files(), reading.answers());
    }

    private static Optional<Setting> said(Reading reading) {
        for (Setting setting : reading.settings()) {
            if (setting.key().equals(Options.INSTANCES)) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }
}
