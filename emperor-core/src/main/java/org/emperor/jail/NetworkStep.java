package org.emperor.jail;

/**
 * One step the emperor's launch thread does to link a jail's network namespace with the host's, while jail-init waits for
 * its plan. What there is to do is the platform's; everybody can print it.
 */
public interface NetworkStep {

    /** The step as a plan shows it. */
    String text();

    /** What it does to what, for a message. */
    String object();
}
