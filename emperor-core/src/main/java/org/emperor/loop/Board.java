package org.emperor.loop;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.emperor.realm.Moment;
import org.emperor.realm.Realm;

/**
 * Where the realm is shown: any thread reads the latest snapshot, the loop's thread makes it. Making one costs in
 * proportion to all vassals, so a thousand launches in a burst must not make a thousand: the first change after a quiet
 * time is shown at the end of its turn, further ones at most {@link #AGE} later, and then no sooner. A realm in which
 * nothing changes makes none.
 */
final class Board {
    private static final Duration AGE = Duration.ofMillis(100);

    private final Realm realm;
    private final Roll roll;
    private final Tally tally;
    private final Reign reign;
    private final int capacity;
    private final InstantSource wallClock;

    private List<String> troubles = List.of();
    private boolean stopping;
    private Moment next;
    private volatile RealmSnapshot latest;

    Board(Realm realm, Roll roll, Tally tally, Reign reign, int capacity, InstantSource wallClock, Moment now) {
        this.realm = realm;
        this.roll = roll;
        this.tally = tally;
        this.reign = reign;
        this.capacity = capacity;
        this.wallClock = wallClock;
        this.next = now;
        this.latest = picture(now);
    }

    RealmSnapshot latest() {
        return latest;
    }

    List<String> troubles() {
        return troubles;
    }

    void troubles(List<String> now) {
        troubles = now;
        roll.touch();
    }

    void stopping() {
        stopping = true;
        roll.touch();
    }

    /** When a change that is not shown yet must be; empty if there is none. */
    Optional<Moment> due() {
        return roll.hasChanged() ? Optional.of(next) : Optional.empty();
    }

    /** Shows what is due. */
    void show(Moment now) {
        if (due().filter(at -> !at.isAfter(now)).isPresent()) {
            showAll(now);
        }
    }

    void showAll(Moment now) {
        latest = picture(now);
        next = now.plus(AGE);
        roll.shown();
    }

    private RealmSnapshot picture(Moment now) {
        return new RealmSnapshot(
                now,
                wallClock.instant(),
                tally.view(reign, troubles, capacity, stopping),
                roll.views(realm::vassal),
                List.copyOf(roll.refused()));
    }
}
