/**
 * Micrometer and Prometheus live only here: the emperor's own meters and the per-vassal series computed at the scrape.
 */
@NullMarked
package org.emperor.metrics;

import org.jspecify.annotations.NullMarked;
