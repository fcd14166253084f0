/**
 * What a vassal file may say: option tables, the reader that checks a file against them, and the immutable spec it yields.
 */
@NullMarked
package org.emperor.spec;

import org.jspecify.annotations.NullMarked;
