package org.emperor.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.group.ChannelGroup;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One address listened on, tried again with growing patience while it cannot be had. */
@SuppressWarnings("FutureReturnValueIgnored") // every bind is settled by its own listener
final class Listener {
    private static final System.Logger LOG = System.getLogger("emperor.http");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final ServerBootstrap bootstrap;
    private final ChannelGroup clients;
    private final SocketAddress address;
    private final Optional<Path> socketFile;
    private Duration wait;
    private volatile @Nullable Channel channel;
    private volatile String trouble = "";
    private volatile boolean closed;

    Listener(
            ServerBootstrap bootstrap,
            ChannelGroup clients,
            SocketAddress address,
            Optional<Path> socketFile,
            Duration firstWait) {
        this.bootstrap = bootstrap;
        this.clients = clients;
        this.address = address;
        this.socketFile = socketFile;
        this.wait = firstWait;
    }

    /** Tries now; the future is done when this try has ended and {@link #trouble} tells how. */
    CompletableFuture<Void> open() {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        removeSocketFile();
        bootstrap.bind(address).addListener((ChannelFutureListener) bound -> {
            settle(bound);
            settled.complete(null);
        });
        return settled;
    }

    Optional<SocketAddress> boundAddress() {
        Channel open = channel;
        return open == null ? Optional.empty() : Optional.ofNullable(open.localAddress());
    }

    /** Why it does not listen now; empty text when it does. */
    String trouble() {
        return trouble;
    }

    /** Closes what is open; the shutdown of Netty's group may let go of an open socket without closing it (4.2.7: seen). */
    void close() {
        closed = true;
        Channel open = channel;
        if (open != null) {
            open.close().awaitUninterruptibly();
        }
        clients.close().awaitUninterruptibly();
    }

    void removeSocketFile() {
        socketFile.ifPresent(file -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException stuck) {
                LOG.log(System.Logger.Level.WARNING, "cannot remove socket file=" + file + ": " + stuck);
            }
        });
    }

    private void settle(ChannelFuture bound) {
        Throwable failure = bound.isSuccess() ? protectSocketFile() : bound.cause();
        if (closed) {
            bound.channel().close();
        } else if (failure == null) {
            channel = bound.channel();
            trouble = "";
            LOG.log(
                    System.Logger.Level.INFO,
                    "listening for HTTP address=" + bound.channel().localAddress());
        } else {
            bound.channel().close();
            retryLater(failure);
        }
    }

    private void retryLater(Throwable failure) {
        Duration now = wait;
        wait = now.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? now.multipliedBy(2) : LONGEST_WAIT;
        if (trouble.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "cannot listen for HTTP address=" + address + ": " + failure.getMessage()
                            + "; trying again until it can be had");
        }
        trouble = "cannot listen for HTTP on " + address + ": " + failure.getMessage();
        bootstrap.config().group().schedule(() -> open(), now.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The directory is private already; the mode is for those who look, and for a directory made wider later. */
    private @Nullable IOException protectSocketFile() {
        try {
            if (socketFile.isPresent()) {
                Files.setPosixFilePermissions(socketFile.get(), PosixFilePermissions.fromString("rw-------"));
            }
            return null;
        } catch (IOException refused) {
            return refused;
        }
    }
}
