package org.emperor.http;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether a {@code Host} header names this machine. A page from elsewhere can make a browser send its own name to
 * 127.0.0.1 (DNS rebinding); answered, it would read everything here as its own. Any port will do, for tunnels.
 */
final class HostCheck {
    private static final Pattern LOCAL =
            Pattern.compile("(localhost|[a-z0-9-]{1,63}\\.localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?");

    private HostCheck() {}

    static boolean isLocal(String host) {
        return LOCAL.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
