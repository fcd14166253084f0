package org.emperor.spec;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.emperor.lang.Position;
import org.emperor.lang.Setting;

/**
 * Everything one vassal file says: validated, defaulted, immutable.
 *
 * @param file the path the file was found at, as messages name it
 * @param labels what people sort vassals by
 * @param jail the platform's own settings in file order; the platform's plan package gives them meaning
 * @param places where each portable key that is given stands, for what only a platform can find wrong with it
 * @param digest a digest of the effective content; two specs of one digest are the same wish
 */
public record VassalSpec(
        VassalName name,
        String file,
        Program program,
        Identity identity,
        Life life,
        Limits limits,
        SortedMap<String, String> labels,
        List<Setting> jail,
        Map<String, Position> places,
        String digest) {
    public VassalSpec {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        jail = List.copyOf(jail);
        places = Map.copyOf(places);
    }

    /** Where the key stands; the file as a whole where it is not given. */
    public Position place(String key) {
        return places.getOrDefault(key, Position.of(file));
    }

    /** How many characters it says, roughly: what it takes of the emperor's memory and, mostly, of its plan. */
    public long weight() {
        long weight = 0;
        for (String word : program.argv()) {
            weight += word.length();
        }
        for (Map.Entry<String, String> variable : program.environment().entrySet()) {
            weight += variable.getKey().length() + variable.getValue().length();
        }
        for (Map.Entry<String, String> label : labels.entrySet()) {
            weight += label.getKey().length() + label.getValue().length();
        }
        for (Setting setting : jail) {
            weight += setting.key().length() + setting.value().length();
        }
        return weight;
    }

    VassalSpec withDigest() {
        return new VassalSpec(name, file, program, identity, life, limits, labels, jail, places, Digest.of(this));
    }
}
