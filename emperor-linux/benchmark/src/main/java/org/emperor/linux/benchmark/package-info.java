/** Measures this emperor beside the raw system calls and its peers on the running machine, all in one run. */
@NullMarked
package org.emperor.linux.benchmark;

import org.jspecify.annotations.NullMarked;
