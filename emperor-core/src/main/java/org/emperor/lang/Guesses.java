package org.emperor.lang;

import java.util.Set;

/** What an unknown name may have been meant to be. */
final class Guesses {
    private static final int FARTHEST = 2;
    private static final int MOST = 20;
    private static final int MOST_CANDIDATES = 2_000;

    private int made;

    String placeholder(String name, Set<String> known) {
        String near = nearest(name.replace('_', '-'), known);
        if (near.isEmpty() && name.indexOf('+') > 0) {
            near = name.replace("+", " + ");
        }
        return near.isEmpty() ? "" : "did you mean %(" + Shown.of(near) + ")?";
    }

    String variable(String name, Set<String> known) {
        String near = nearest(name, known);
        return near.isEmpty() ? "" : "did you mean $(" + Shown.of(near) + ")?";
    }

    /** At most two slips away, and at most half of the word; empty if there is none. */
    private String nearest(String name, Set<String> known) {
        made++;
        String best = "";
        int farthest = Math.min(FARTHEST, name.length() / 2);
        if (made > MOST || known.size() > MOST_CANDIDATES) {
            return best;
        }
        int least = farthest + 1;
        for (String candidate : known) {
            int distance = EditDistance.between(name, candidate, farthest);
            if (distance < least || (distance == least && distance <= farthest && candidate.compareTo(best) < 0)) {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }
}
