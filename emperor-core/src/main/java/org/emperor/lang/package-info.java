/**
 * Text to ordered settings with their positions, after includes and logic; knows no option. Two steps: a format's reader
 * ({@link org.emperor.lang.IniReader}) turns bytes into sections of settings as they are written, and
 * {@link org.emperor.lang.Language} turns those of the wanted section into settings as they count. The rest of the
 * configuration language grows in the second step only, as passes one after another over the list, in uWSGI's order:
 * magic variables, keys that act at once (include, logic, {@code set}), then environment, file and name placeholders.
 * Further formats become readers beside the INI one, with the same sections as result.
 */
@NullMarked
package org.emperor.lang;

import org.jspecify.annotations.NullMarked;
