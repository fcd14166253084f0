/**
 * What is shipped, on this kernel: the launcher, the daemon as operators run it with real jails and a program inside that
 * tells, and the emperor as the first process of a container.
 */
package org.emperor.dist;
