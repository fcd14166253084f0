/**
 * Imperial monitors: where vassal files appear, and what exists there now, as specs or refusals.
 */
@NullMarked
package org.emperor.monitor;

import org.jspecify.annotations.NullMarked;
