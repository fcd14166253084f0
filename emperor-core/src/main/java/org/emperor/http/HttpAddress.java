package org.emperor.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the emperor listens for HTTP over TCP: a loopback address, because over TCP anybody on the host may read. */
public record HttpAddress(String host, int port) {
    public static final HttpAddress USUAL = new HttpAddress("127.0.0.1", 7117);

    private static final Pattern FORM = Pattern.compile("(127(?:\\.[0-9]{1,3}){3}|localhost|\\[::1]):([0-9]{1,5})");

    /**
     * Reads {@code none} as empty, otherwise a loopback host and a port.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public static Optional<HttpAddress> parse(String text) {
        if (text.equals("none")) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches() || Integer.parseInt(form.group(2)) > 65535) {
            throw new IllegalArgumentException("\"" + text + "\" is not a loopback address with a port, such as "
                    + USUAL + " or [::1]:7117, nor none; to offer it elsewhere put a reverse proxy in front");
        }
        HttpAddress address = new HttpAddress(form.group(1), Integer.parseInt(form.group(2)));
        address.socketAddress();
        return Optional.of(address);
    }

    InetSocketAddress socketAddress() {
        try {
            // The resolver may send "localhost" anywhere; 127.0.0.1 is what it means here.
            InetAddress address = InetAddress.getByName(host.equals("localhost") ? "127.0.0.1" : host);
            return new InetSocketAddress(address, port);
        } catch (UnknownHostException malformed) {
            throw new IllegalArgumentException("\"" + host + "\" is not an address", malformed);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
