package org.emperor.linux.plan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The address of a socket to connect to: {@code /path}, {@code @abstract}, {@code A.B.C.D:PORT}, {@code :PORT} of this host.
 * Names of hosts are asked of nobody: that would wait for a network.
 *
 * @param family AF_UNIX or AF_INET
 * @param address a struct sockaddr
 * @param length of that struct
 */
record SocketName(int family, Argument address, int length) {
    static final String ALLOWED = "write /PATH, @NAME, A.B.C.D:PORT or :PORT";

    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int LONGEST_PATH = 107; // sun_path less its NUL, unix(7)
    private static final int LARGEST_PORT = 65535;

    static Optional<SocketName> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (text.startsWith("/") || text.startsWith("@")) {
            return unix(text);
        }
        int port = ActionReader.number(text.substring(colon + 1), 10, LARGEST_PORT);
        String host = colon <= 0 ? "127.0.0.1" : text.substring(0, colon);
        return colon < 0 || port <= 0 ? Optional.empty() : ip4(host).map(address -> internet(address, port, text));
    }

    String familyName() {
        return family == AF_UNIX ? "AF_UNIX" : "AF_INET";
    }

    /** The four bytes of {@code A.B.C.D}. */
    static Optional<byte[]> ip4(String text) {
        String[] parts = text.split("\\.", -1);
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            int part = parts.length == 4 ? ActionReader.number(parts[i], 10, 255) : -1;
            if (part < 0) {
                return Optional.empty();
            }
            address[i] = (byte) part;
        }
        return Optional.of(address);
    }

    private static Optional<SocketName> unix(String text) {
        byte[] path = text.getBytes(StandardCharsets.UTF_8);
        if (path.length < 2 || path.length > LONGEST_PATH) {
            return Optional.empty();
        }
        boolean isAbstract = path[0] == '@';
        path[0] = isAbstract ? 0 : path[0];
        ByteBuffer bytes = ByteBuffer.allocate(2 + path.length + (isAbstract ? 0 : 1))
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_UNIX)
                .put(path);
        return Optional.of(of(AF_UNIX, bytes.array(), "{sun_path=\"" + text + "\"}"));
    }

    private static SocketName internet(byte[] address, int port, String text) {
        ByteBuffer bytes =
                ByteBuffer.allocate(16).order(ByteOrder.nativeOrder()).putShort((short) AF_INET);
        bytes.order(ByteOrder.BIG_ENDIAN).putShort((short) port).put(address);
        return of(AF_INET, bytes.array(), "{" + text + "}");
    }

    private static SocketName of(int family, byte[] bytes, String text) {
        return new SocketName(family, Argument.bytes(text, bytes), bytes.length);
    }
}
