/**
 * Pure deciding: vassals, their incarnations, the two life-cycle machines, respawn policy, events in and effects out. No I/O, threads, clocks or randomness.
 */
@NullMarked
package org.emperor.realm;

import org.jspecify.annotations.NullMarked;
