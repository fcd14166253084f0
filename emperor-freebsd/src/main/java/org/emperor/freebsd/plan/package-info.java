/**
 * What a vassal file may say about a FreeBSD jail. Pure: no system call, clock or file, so that plans for FreeBSD can be
 * made and printed on any machine.
 */
@NullMarked
package org.emperor.freebsd.plan;

import org.jspecify.annotations.NullMarked;
