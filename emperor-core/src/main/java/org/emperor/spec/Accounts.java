package org.emperor.spec;

import java.util.Optional;
import java.util.OptionalInt;

/** The host's user and group database. */
public interface Accounts {

    /**
     * The identity of a user by name or decimal number, with its primary and supplementary groups. An unknown number is
     * an identity with home {@code /} and no further groups; an unknown name is empty.
     */
    Optional<Identity> user(String nameOrNumber);

    /** The id of a group by name or decimal number; empty for an unknown name. */
    OptionalInt group(String nameOrNumber);

    /** The identity of the emperor itself: what a vassal without {@code uid} runs as. */
    Identity self();
}
