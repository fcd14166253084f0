package org.emperor.spec;

import java.time.Duration;

/**
 * How a vassal lives and ends.
 *
 * @param stopSignal what asks the program to end
 * @param stopGrace how long it may take then, before everything in the jail is killed
 * @param reloadOnTouch whether another modification time alone, without a change of content, is a reload
 * @param loyalAfter how long an incarnation must live to be loyal; a death before that is a fault
 * @param startTimeout how long the launch may take until the program runs
 * @param diesWithEmperor whether the jail ends when the emperor's process does
 */
public record Life(
        Signal stopSignal,
        Duration stopGrace,
        boolean reloadOnTouch,
        Duration loyalAfter,
        Duration startTimeout,
        boolean diesWithEmperor) {}
