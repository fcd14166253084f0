/**
 * The platform SPI: what a platform must offer so that the loop can build, watch and end jails, and the plan format that its init obeys.
 */
@NullMarked
package org.emperor.jail;

import org.jspecify.annotations.NullMarked;
