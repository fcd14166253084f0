/**
 * The HTTP interface and page; Netty lives only here. Reads snapshots, posts commands, owns no state.
 */
@NullMarked
package org.emperor.http;

import org.jspecify.annotations.NullMarked;
