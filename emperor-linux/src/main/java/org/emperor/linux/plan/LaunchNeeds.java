package org.emperor.linux.plan;

/**
 * What a launch takes of what the emperor hands out.
 *
 * @param network whether a network namespace made ahead is of use
 * @param range whether it has a range of ids from the pool
 * @param address whether the emperor is to choose the jail's address
 */
public record LaunchNeeds(boolean network, boolean range, boolean address) {
    public static final LaunchNeeds NONE = new LaunchNeeds(false, false, false);
}
