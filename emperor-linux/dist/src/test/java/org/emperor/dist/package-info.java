/** What is shipped, run as it is shipped: the launcher, and the emperor as the first process of a container. */
@org.jspecify.annotations.NullMarked
package org.emperor.dist;
