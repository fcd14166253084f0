/**
 * Files of other supervisors to vassal files. A grammar's reader ({@code SupervisordText}, {@code UnitText}) turns text
 * into sections of settings with their lines; a converter ({@link org.emperor.migration.Supervisord},
 * {@link org.emperor.migration.SystemdUnit}) turns these into {@code Draft}s, which take only what the option table says
 * would be accepted. What cannot be carried over is a loss, told with its line and the reason, never left out in silence.
 * Text in, text out: nothing here asks the host.
 */
@NullMarked
package org.emperor.migration;

import org.jspecify.annotations.NullMarked;
