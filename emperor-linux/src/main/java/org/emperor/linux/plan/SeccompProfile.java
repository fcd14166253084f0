package org.emperor.linux.plan;

/**
 * A filter of system calls as a file chooses it.
 *
 * @param name {@code default}, or the path of a profile
 * @param content what that file holds; empty for the default
 */
public record SeccompProfile(String name, String content) {
    public static final SeccompProfile DEFAULT = new SeccompProfile("default", "");

    public boolean isDefault() {
        return equals(DEFAULT);
    }
}
