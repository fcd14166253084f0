package org.emperor.loop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.emperor.monitor.Change;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Outcome;
import org.emperor.realm.Vassal;
import org.emperor.spec.VassalName;
import org.jspecify.annotations.Nullable;

/**
 * The files behind the vassals, those that were refused, and what people see of each vassal. A view is made anew only
 * after its vassal changed, so that showing thousands costs little. Belongs to the loop's thread.
 */
final class Roll implements RealmListener {

    /** One vassal's file and counts. */
    static final class Entry {
        private Change file;
        private long launches;
        private long deaths;
        private long oomKills;
        private @Nullable VassalView view;

        private Entry(Change file) {
            this.file = file;
        }

        String id() {
            return file.id();
        }

        String source() {
            return file.source();
        }

        long launches() {
            return launches;
        }

        long deaths() {
            return deaths;
        }

        long oomKills() {
            return oomKills;
        }
    }

    private final SortedMap<VassalName, Entry> entries = new TreeMap<>();
    private final SortedMap<String, RefusedFile> refused = new TreeMap<>();
    private boolean changed = true;

    /** The file is in force now for the vassal it names. */
    void enter(VassalName name, Change file) {
        entries.computeIfAbsent(name, it -> new Entry(file)).file = file;
        forgive(file);
        touch(name);
    }

    /** The file is not in force as it stands; empty if that is known already. */
    Optional<RefusedFile> refuse(Change file) {
        RefusedFile now = new RefusedFile(file.id(), file.file().toString(), file.source(), file.problems());
        boolean known = now.equals(refused.put(key(file.file(), file.id()), now));
        file.name().ifPresent(this::touch);
        return known ? Optional.empty() : Optional.of(now);
    }

    /** The file is refused no more. */
    void forgive(Change file) {
        refused.remove(key(file.file(), file.id()));
        refused.remove(whole(file));
        file.name().ifPresent(this::touch);
        changed = true;
    }

    /** Whether the vassal was made from this very file. */
    boolean isFrom(VassalName name, Change file) {
        return Optional.ofNullable(entries.get(name))
                .filter(entry -> entry.file.file().equals(file.file()))
                .isPresent();
    }

    void remove(VassalName name) {
        entries.remove(name);
        changed = true;
    }

    /** The vassal's view is out of date. */
    void touch(VassalName name) {
        changed = true;
        Entry entry = entries.get(name);
        if (entry != null) {
            entry.view = null;
        }
    }

    /** Something else that is shown is out of date. */
    void touch() {
        changed = true;
    }

    /** Whether anything changed since {@link #shown}. */
    boolean hasChanged() {
        return changed;
    }

    void shown() {
        changed = false;
    }

    List<VassalView> views(Function<VassalName, Optional<Vassal>> realm) {
        List<VassalView> views = new ArrayList<>(entries.size());
        entries.forEach((name, entry) -> realm.apply(name).ifPresent(vassal -> views.add(view(vassal, entry))));
        return views;
    }

    Collection<RefusedFile> refused() {
        return refused.values();
    }

    @Override
    public void launching(IncarnationId incarnation) {
        entry(incarnation).ifPresent(entry -> entry.launches++);
    }

    @Override
    public void died(Outcome outcome, int failures, Optional<Duration> next) {
        entry(outcome.incarnation()).ifPresent(entry -> entry.deaths++);
        count(outcome);
    }

    @Override
    public void launchFailed(Outcome outcome, int failures, Optional<Duration> next) {
        count(outcome);
    }

    @Override
    public void done(Outcome outcome) {
        count(outcome);
    }

    @Override
    public void left(Outcome outcome) {
        count(outcome);
    }

    @Override
    public void orphan(int pid, ExitStatus status) {
        touch();
    }

    @Override
    public void errandFailed(IncarnationId incarnation, String hook, String why, String next) {
        touch();
    }

    @Override
    public void defect(String what) {
        touch();
    }

    private void count(Outcome outcome) {
        if (outcome.status().oomKills() > 0) {
            entry(outcome.incarnation())
                    .ifPresent(entry -> entry.oomKills += outcome.status().oomKills());
        }
    }

    private Optional<Entry> entry(IncarnationId incarnation) {
        return Optional.ofNullable(entries.get(incarnation.vassal()));
    }

    /** Of a file that is several vassals one may be refused alone. */
    private static String key(Path file, String id) {
        return file + "\0" + id;
    }

    private static String whole(Change change) {
        return key(change.file(), String.valueOf(change.file().getFileName()));
    }

    private VassalView view(Vassal vassal, Entry entry) {
        VassalView view = entry.view;
        if (view == null) {
            view = Views.of(vassal, entry, refused.containsKey(whole(entry.file)));
            entry.view = view;
        }
        return view;
    }
}
