/**
 * The emperor plays its own work to itself while nobody needs it: a JVM runs code it does not know yet ten times slower
 * than code it has compiled, and what an emperor does is done rarely.
 */
@NullMarked
package org.emperor.rehearsal;

import org.jspecify.annotations.NullMarked;
