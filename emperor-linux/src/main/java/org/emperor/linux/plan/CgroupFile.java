package org.emperor.linux.plan;

/** A file of a cgroup and the text to write into it. */
record CgroupFile(String name, String text) {}
