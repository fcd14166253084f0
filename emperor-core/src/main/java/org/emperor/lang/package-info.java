/**
 * Text to ordered settings with their positions, after includes and logic; knows no option.
 */
@NullMarked
package org.emperor.lang;

import org.jspecify.annotations.NullMarked;
