/**
 * Text to ordered settings with their positions, after includes and logic; knows no option. Two steps: a format's reader
 * ({@link org.emperor.lang.IniReader}) turns bytes into sections of settings as they are written, and
 * {@link org.emperor.lang.Language} turns those of the wanted section into settings as they count. Lines act from top
 * to bottom ({@code Evaluation}), values are replaced last ({@code Expander}); what a file may ask of the world is
 * {@link org.emperor.lang.Surroundings}, and what it may cost is {@code Budget}. The readers of other formats are in
 * {@code lang.formats}, with the same sections as result.
 */
@NullMarked
package org.emperor.lang;

import org.jspecify.annotations.NullMarked;
