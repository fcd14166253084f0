package org.emperor.linux.plan;

import java.util.Optional;

/** An address with how many of its bits are its network's: {@code 10.0.0.5/24}. */
public record IpNetwork(IpAddress address, int prefix) {

    /** With the prefix; without one, it is the address alone. */
    static Optional<IpNetwork> parse(String text) {
        int slash = text.indexOf('/');
        Optional<IpAddress> address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty() || slash < 0) {
            return address.map(IpNetwork::alone);
        }
        int prefix = prefix(text.substring(slash + 1));
        return prefix > 0 && prefix <= address.get().bits()
                ? Optional.of(new IpNetwork(address.get(), prefix))
                : Optional.empty();
    }

    public static IpNetwork alone(IpAddress address) {
        return new IpNetwork(address, address.bits());
    }

    private static int prefix(String digits) {
        boolean number = !digits.isEmpty() && digits.length() <= 3 && digits.charAt(0) != '0';
        for (int i = 0; i < digits.length(); i++) {
            number &= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        return number ? Integer.parseInt(digits) : -1;
    }

    /** Whether it is an address alone. */
    boolean isAlone() {
        return prefix == address.bits();
    }

    boolean contains(IpAddress other) {
        return address.isNear(other, prefix);
    }

    @Override
    public String toString() {
        return address + "/" + prefix;
    }
}
