package org.emperor.jail;

/** This host cannot build the jail that a spec asks for; the message says what is missing. */
public final class PlanRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PlanRefusal(String message) {
        super(message);
    }
}
