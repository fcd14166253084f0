package org.emperor.cli;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Answers every client of a control socket with the same bytes; silent, it never closes a connection. */
final class FakeDaemon implements AutoCloseable {
    private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final byte[] answer;
    private final boolean silent;

    private FakeDaemon(Path socket, byte[] answer, boolean silent) throws IOException {
        this.answer = answer;
        this.silent = silent;
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread thread = new Thread(this::serve, "fake-daemon");
        thread.setDaemon(true);
        thread.start();
    }

    static FakeDaemon raw(Path stateDirectory, String answer) throws IOException {
        return new FakeDaemon(stateDirectory.resolve("emperor.sock"), answer.getBytes(StandardCharsets.UTF_8), false);
    }

    static FakeDaemon silent(Path stateDirectory) throws IOException {
        return new FakeDaemon(stateDirectory.resolve("emperor.sock"), new byte[0], true);
    }

    static FakeDaemon answering(Path stateDirectory, int status, String body) throws IOException {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return raw(stateDirectory, "HTTP/1.1 " + status + " X\r\ncontent-length: " + length + "\r\n\r\n" + body);
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                client.read(ByteBuffer.allocate(4096));
                client.write(ByteBuffer.wrap(answer));
                if (!silent) {
                    client.close();
                }
            }
        } catch (AsynchronousCloseException over) {
            return;
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
