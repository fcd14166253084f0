/** Linux: namespaces, cgroups, the clone in one call; what finds the host's facts, launches, reaps and dismantles. */
@NullMarked
package org.emperor.linux;

import org.jspecify.annotations.NullMarked;
