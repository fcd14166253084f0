package org.emperor.linux.plan;

/**
 * What a launch takes of what the emperor hands out.
 *
 * @param network whether a network namespace made ahead is of use
 * @param range whether it has a range of ids from the pool
 * @param address whether the emperor is to choose the jail's address
 * @param names whether what the host is called and whom it asks counts, as it is now
 */
public record LaunchNeeds(boolean network, boolean range, boolean address, boolean names) {
    public static final LaunchNeeds NONE = new LaunchNeeds(false, false, false, false);
}
