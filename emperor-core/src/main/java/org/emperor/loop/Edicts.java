package org.emperor.loop;

import java.util.List;
import java.util.Optional;
import org.emperor.monitor.Change;
import org.emperor.realm.Realm;
import org.emperor.realm.Vassal;
import org.emperor.realm.Want;
import org.emperor.realm.Wish;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;

/** Turns what happens to files, and what people ask for, into wishes with rising revisions. */
final class Edicts {
    private final Realm realm;
    private final Roll roll;
    private long revision;

    Edicts(Realm realm, Roll roll) {
        this.realm = realm;
        this.roll = roll;
    }

    /** The wish that follows from a file in force, or from one that vanished; none from a refused one. */
    Optional<Wish> of(Change change) {
        return switch (change.kind()) {
            case APPEARED, EDITED -> inForce(change).filter(this::isNews).map(this::up);
            case TOUCHED ->
                inForce(change)
                        .filter(spec -> spec.life().reloadOnTouch() || isNews(spec))
                        .map(this::up);
            case VANISHED -> vanished(change);
            case REFUSED -> Optional.empty();
        };
    }

    Optional<Wish> reload(VassalName name) {
        return realm.vassal(name)
                .filter(Edicts::isUp)
                .map(vassal -> up(vassal.wish().spec()));
    }

    List<Wish> reloadAll() {
        return realm.vassals().stream()
                .filter(Edicts::isUp)
                .map(vassal -> up(vassal.wish().spec()))
                .toList();
    }

    List<Wish> stopAll() {
        return realm.vassals().stream()
                .map(vassal -> gone(vassal.wish().spec()))
                .toList();
    }

    private Optional<VassalSpec> inForce(Change change) {
        change.spec().ifPresent(spec -> roll.enter(spec.name(), change));
        return change.spec();
    }

    /** A file that was only refused, or that another file of the same name has always stood before, ends nobody. */
    private Optional<Wish> vanished(Change change) {
        roll.forgive(change);
        return change.name()
                .filter(name -> roll.isFrom(name, change))
                .flatMap(realm::vassal)
                .map(vassal -> gone(vassal.wish().spec()));
    }

    /** An EDITED whose content is the one in force, as after a refused edit taken back unnoticed, leaves the wish as it was. */
    private boolean isNews(VassalSpec spec) {
        return realm.vassal(spec.name())
                .filter(Edicts::isUp)
                .filter(vassal -> vassal.wish().spec().digest().equals(spec.digest()))
                .isEmpty();
    }

    private static boolean isUp(Vassal vassal) {
        return vassal.wish().want() == Want.UP;
    }

    private Wish up(VassalSpec spec) {
        return new Wish(Want.UP, spec, ++revision);
    }

    private Wish gone(VassalSpec spec) {
        return new Wish(Want.GONE, spec, ++revision);
    }
}
