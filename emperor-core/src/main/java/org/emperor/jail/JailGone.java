package org.emperor.jail;

/** The jail that was to be entered is not there any more. */
public final class JailGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JailGone(Throwable sign) {
        super("it has just ended", sign);
    }
}
