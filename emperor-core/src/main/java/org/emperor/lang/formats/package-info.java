/**
 * Readers of the formats beside INI, each to the same sections of settings with positions. Found by
 * {@link java.util.ServiceLoader} when a file of theirs is met, so that an emperor of INI files never loads Jackson or an
 * XML parser. All of them pull one token after another and build no tree: how deep a file goes costs nothing.
 */
@NullMarked
package org.emperor.lang.formats;

import org.jspecify.annotations.NullMarked;
