package org.emperor.monitor;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.emperor.lang.Problem;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;
import org.jspecify.annotations.Nullable;

/** All files that claim one name, of which the first speaks for the vassal, and what the loop was told about them. */
final class Claim {
    private final Optional<VassalName> name;
    private final NavigableMap<Rank, Sighting> files = new TreeMap<>();
    private final Map<Rank, Path> losers = new TreeMap<>();
    private @Nullable Rank speaker;
    private List<Problem> problems = List.of();
    private @Nullable InForce inForce;

    /** @param name empty for a file that cannot be a vassal's: it only has problems */
    Claim(Optional<VassalName> name) {
        this.name = name;
    }

    /** A file's precedence: sources count in the order in which the operator gave them, then paths. */
    record Rank(int order, String source, Path file) implements Comparable<Rank> {
        @Override
        public int compareTo(Rank other) {
            return order != other.order ? Integer.compare(order, other.order) : file.compareTo(other.file);
        }

        // Written out: those that javac leaves to the first use take a cold start milliseconds each.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Rank that
                    && order == that.order
                    && source.equals(that.source)
                    && file.equals(that.file);
        }

        @Override
        public int hashCode() {
            return 31 * order + file.hashCode();
        }
    }

    private record InForce(VassalSpec spec, SpecResult.Accepted file, FileTime modified) {}

    void add(Rank rank, Sighting sighting) {
        files.put(rank, sighting);
    }

    void remove(Rank rank) {
        files.remove(rank);
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    /** Tells what is different from what was told before. */
    void settle(List<Change> vanished, List<Change> others) {
        tellGone(vanished);
        if (!files.isEmpty()) {
            tellSpeaker(files.firstEntry().getKey(), others);
            tellLosers(files.firstKey(), others);
        }
    }

    private void tellGone(List<Change> vanished) {
        for (Iterator<Rank> told = losers.keySet().iterator(); told.hasNext(); ) {
            Rank loser = told.next();
            if (!files.containsKey(loser)) {
                told.remove();
                vanished.add(vanished(loser, Optional.empty()));
            }
        }
        if (speaker != null && !files.containsKey(speaker)) {
            vanished.add(vanished(speaker, files.isEmpty() ? name : Optional.empty()));
            speaker = null;
        }
    }

    private void tellSpeaker(Rank first, List<Change> others) {
        boolean isOther = !first.equals(speaker);
        speaker = first;
        losers.remove(first);
        Sighting sighting = sighting(first);
        if (sighting.result() instanceof SpecResult.Accepted accepted) {
            VassalSpec spec = name.flatMap(accepted::vassal).orElseThrow();
            accept(first, new InForce(spec, accepted, sighting.modified()), isOther, others);
        } else if (sighting.result() instanceof SpecResult.Refused refused) {
            if (isOther || !refused.problems().equals(problems)) {
                others.add(refused(first, fileId(first), name, refused.problems()));
            }
            problems = refused.problems();
        }
    }

    private void accept(Rank rank, InForce now, boolean isOther, List<Change> others) {
        InForce before = inForce;
        inForce = now;
        boolean isRestored = isOther || !problems.isEmpty();
        problems = List.of();
        if (before == null) {
            others.add(accepted(Change.Kind.APPEARED, rank, now.spec()));
        } else if (!before.file().meansTheSame(now.file())) {
            others.add(accepted(Change.Kind.EDITED, rank, now.spec()));
        } else if (isRestored || !before.modified().equals(now.modified())) {
            others.add(accepted(Change.Kind.TOUCHED, rank, now.spec()));
        }
    }

    private void tellLosers(Rank first, List<Change> others) {
        for (Rank loser : files.tailMap(first, false).keySet()) {
            boolean isTold = first.file().equals(losers.put(loser, first.file()));
            if (isTold || loser.file().equals(first.file())) {
                continue; // two sources may well hold the same file
            }
            String winner = Escaped.of(first.file().toString());
            boolean isWhole = id(loser).equals(fileId(loser));
            String subject =
                    isWhole ? "" : "its instance " + name.map(VassalName::text).orElse("") + " ";
            Problem problem = VassalFileReader.problem(
                    loser.file(),
                    subject + "names the same vassal as " + winner + ", which comes first",
                    "rename or remove one of them");
            others.add(refused(loser, id(loser), Optional.empty(), List.of(problem)));
        }
    }

    private Sighting sighting(Rank rank) {
        Sighting sighting = files.get(rank);
        if (sighting == null) {
            throw new IllegalStateException("no sighting of " + rank);
        }
        return sighting;
    }

    private Change accepted(Change.Kind kind, Rank rank, VassalSpec spec) {
        return new Change(kind, rank.file(), id(rank), name, rank.source(), Optional.of(spec), List.of());
    }

    private Change vanished(Rank rank, Optional<VassalName> name) {
        return new Change(
                Change.Kind.VANISHED, rank.file(), id(rank), name, rank.source(), Optional.empty(), List.of());
    }

    private static Change refused(Rank rank, String id, Optional<VassalName> name, List<Problem> problems) {
        return new Change(Change.Kind.REFUSED, rank.file(), id, name, rank.source(), Optional.empty(), problems);
    }

    /** Of an instance, what its file would be called if it had one of its own. */
    private String id(Rank rank) {
        Optional<VassalFileName> file = VassalFileName.ofAny(rank.file());
        return name.isPresent() && file.isPresent()
                ? name.get() + "." + file.get().extension()
                : fileId(rank);
    }

    private static String fileId(Rank rank) {
        return Escaped.of(VassalFileName.textOf(rank.file()));
    }
}
