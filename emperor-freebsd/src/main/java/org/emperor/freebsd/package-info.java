/** FreeBSD: jail(2), kqueue. */
@NullMarked
package org.emperor.freebsd;

import org.jspecify.annotations.NullMarked;
