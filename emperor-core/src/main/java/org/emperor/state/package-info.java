/**
 * What outlives one process of the emperor: the lock on its state directory and the uid ranges it granted.
 */
@NullMarked
package org.emperor.state;

import org.jspecify.annotations.NullMarked;
