package org.emperor.realm;

import org.emperor.spec.VassalSpec;

/**
 * What is wanted of a vassal now. Edit, touch, restart and retry all only raise the revision; an incarnation of an older
 * revision than the wish is to be replaced.
 */
public record Wish(Want want, VassalSpec spec, long revision) {}
