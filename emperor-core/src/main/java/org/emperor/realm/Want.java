package org.emperor.realm;

/** What is wanted of a vassal; GONE means that it has no file any more and is to be forgotten. */
public enum Want {
    UP,
    DOWN,
    GONE
}
