/** The daemon as operators run it, on this kernel: a process of its own, real jails, and a program inside that tells. */
package org.emperor.dist;
