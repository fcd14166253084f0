package org.emperor.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Asks the daemon over its UNIX domain socket; HTTP enough for our own server, and no library's classes to load. */
final class ControlSocket {
    /** A daemon that needs longer is as good as none. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String END_OF_HEADERS = "\r\n\r\n";

    private final Path path;
    private final Duration patience;

    record Answer(int status, String body) {}

    ControlSocket(Path path) {
        this(path, PATIENCE);
    }

    ControlSocket(Path path, Duration patience) {
        this.path = path;
        this.patience = patience;
    }

    /** @throws CommandFailure with exit code NO_DAEMON if nobody answers, or not whole */
    Answer get(String target) {
        String request = "GET " + target + " HTTP/1.1\r\nHost: emperor\r\nConnection: close\r\n\r\n";
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            return parse(readToEnd(channel));
        } catch (IOException refused) {
            throw new CommandFailure(
                    ExitCode.NO_DAEMON,
                    "no emperor answers on " + path + ": " + refused.getMessage()
                            + "; is it running, and with this --state-dir?",
                    refused);
        }
    }

    private byte[] readToEnd(SocketChannel channel) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        long end = System.nanoTime() + patience.toNanos();
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            while (channel.read(buffer) >= 0) {
                all.write(buffer.array(), 0, buffer.position());
                buffer.clear();
                long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                if (left <= 0) {
                    throw new IOException("no answer within " + patience.toSeconds() + " s");
                }
                selector.select(left);
                selector.selectedKeys().clear();
            }
        }
        return all.toByteArray();
    }

    private static Answer parse(byte[] bytes) throws IOException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int head = text.indexOf(END_OF_HEADERS);
        if (head < 0 || !text.startsWith("HTTP/1.1 ")) {
            throw new IOException("the answer is not whole");
        }
        int body = head + END_OF_HEADERS.length();
        if (bytes.length - body != length(text.substring(0, head))) {
            throw new IOException("the answer is not whole");
        }
        return new Answer(Integer.parseInt(text.substring(9, 12)), text.substring(body));
    }

    /** Headers are ASCII, so that their length in characters is their length in bytes. */
    private static long length(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "content-length: ", 0, 16))
                .mapToLong(line -> Long.parseLong(line.substring(16)))
                .findFirst()
                .orElse(-1);
    }
}
