/** Pure: the Linux keys of a vassal file, and the compiler from spec, facts and seat to the plan of a jail. */
@NullMarked
package org.emperor.linux.plan;

import org.jspecify.annotations.NullMarked;
