package org.emperor.state;

/** The emperor cannot reign on this directory; the message tells the operator why. */
public final class StateRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StateRefusal(String message) {
        super(message);
    }
}
