package org.emperor.dist;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must be true of the host by the files there are: who is wanted runs once, by the newest file that could be read, and
 * nobody else does. An emperor's word is not taken for it: processes and cgroups are looked up in the kernel.
 */
final class Truth {
    private static final Pattern LEAF = Pattern.compile("/emperor\\.[0-9a-f]{8}/([^/]+)\\.([0-9]+)(/.*)?$");

    private final Place place;

    /** By the newest file of each vassal that could be read. */
    final Map<String, Wanted> wanted = new TreeMap<>();

    /** Vassals whose file is wrong now; they run on as they are, if they do. */
    final Set<String> broken = new TreeSet<>();

    /**
     * @param mark in the environment of its processes
     * @param lasting whether its program runs until it is stopped
     */
    record Wanted(String mark, boolean lasting) {}

    Truth(Place place) {
        this.place = place;
    }

    /** The first thing that is not as it must be; empty if there is none. */
    String difference(RunningEmperor emperor) {
        Map<String, JsonNode> shown = new HashMap<>();
        emperor.vassals().forEach(vassal -> shown.put(vassal.get("name").textValue(), vassal));
        Set<String> known = new TreeSet<>(shown.keySet());
        known.removeIf(vassal -> broken.contains(vassal) && !wanted.containsKey(vassal));
        if (!known.equals(wanted.keySet())) {
            return "known are " + known + ", wanted " + wanted.keySet();
        }
        Set<String> refused = new TreeSet<>();
        emperor.refused().forEach(file -> refused.add(file.get("id").textValue().replace(".ini", "")));
        if (!refused.equals(broken)) {
            return "refused are " + refused + ", wrong " + broken;
        }
        for (Map.Entry<String, Wanted> entry : wanted.entrySet()) {
            JsonNode vassal = shown.get(entry.getKey());
            if (entry.getValue().lasting && !runs(vassal, entry.getValue())) {
                return entry + " is " + vassal;
            }
        }
        return strangers(shown);
    }

    static boolean runs(JsonNode vassal, Wanted wanted) {
        return vassal.get("state").textValue().equals("running")
                && Host.text(vassal.get("pid").intValue(), "environ").contains(wanted.mark + "\0");
    }

    /** Nobody is left of an earlier incarnation, in a process or in a leaf. */
    private String strangers(Map<String, JsonNode> shown) {
        Set<String> places = new HashSet<>(place.cgroups());
        place.jailed().forEach(pid -> Host.text(pid, "cgroup")
                .lines()
                .filter(line -> line.contains(place.realmId()))
                .forEach(places::add));
        for (String leaf : places) {
            Matcher name = LEAF.matcher(leaf);
            if (name.find()) {
                JsonNode vassal = shown.get(name.group(1));
                if (vassal == null || vassal.get("incarnation").intValue() != Integer.parseInt(name.group(2))) {
                    return leaf + " is there, and " + vassal;
                }
            }
        }
        return "";
    }
}
