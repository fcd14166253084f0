/** The one thread that owns the realm, its mailbox, and the immutable snapshots it publishes. */
@NullMarked
package org.emperor.loop;

import org.jspecify.annotations.NullMarked;
