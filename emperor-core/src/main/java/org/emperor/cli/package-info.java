/**
 * The command line: the daemon's wiring and the client commands; picocli lives only here.
 */
@NullMarked
package org.emperor.cli;

import org.jspecify.annotations.NullMarked;
