package org.emperor.linux.sys;

/** Namespaces that were promised by an address were not to be had; the message says what its other end did. */
public final class NamespaceRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NamespaceRefusal(String message) {
        super(message);
    }
}
