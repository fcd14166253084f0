package org.emperor.linux.plan;

/** A secret for the program: the file of the host that holds it, and its name in the jail. */
record Credential(String name, String source) {}
