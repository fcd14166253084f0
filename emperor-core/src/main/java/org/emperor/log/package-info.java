/**
 * The output of vassals: from their FIFOs through a bounded queue into files, never holding a vassal up.
 */
@NullMarked
package org.emperor.log;

import org.jspecify.annotations.NullMarked;
