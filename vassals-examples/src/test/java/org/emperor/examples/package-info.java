/** The examples under a real emperor, asked from inside their jails, and the demonstration that shows them. */
@org.jspecify.annotations.NullMarked
package org.emperor.examples;
