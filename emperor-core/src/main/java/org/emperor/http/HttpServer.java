package org.emperor.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.emperor.loop.RealmSnapshot;

/**
 * The emperor over HTTP: the same routes on a UNIX domain socket and on loopback. One thread of its own serves all clients
 * and only reads snapshots, so that no client can hold the emperor up.
 */
public final class HttpServer implements AutoCloseable {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    private final EventLoopGroup group;
    private final Listener local;
    private final Optional<Listener> tcp;

    private HttpServer(HttpSettings settings, Supplier<RealmSnapshot> realm, MetricsPage metrics, Duration firstWait) {
        group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("emperor-http", true), NioIoHandler.newFactory());
        // Netty wakes each second to look for timers, unless it has one that says when the next is due.
        var unused = group.schedule(() -> {}, 365, TimeUnit.DAYS);
        Router router = new Router(Routes.table(realm, this::troubles, settings.self(), metrics));
        Unsent unsent = new Unsent(settings.limits().unsent());
        local = listener(
                NioServerDomainSocketChannel.class,
                clients -> new Reception(router, settings.limits(), unsent, false, clients),
                UnixDomainSocketAddress.of(settings.socket()),
                Optional.of(settings.socket()),
                firstWait);
        tcp = settings.tcp()
                .map(address -> listener(
                        NioServerSocketChannel.class,
                        clients -> new Reception(router, settings.limits(), unsent, true, clients),
                        address.socketAddress(),
                        Optional.empty(),
                        firstWait));
    }

    /** Listens where it can; where it cannot is told by {@link #troubles} and tried again. */
    public static HttpServer start(HttpSettings settings, Supplier<RealmSnapshot> realm, MetricsPage metrics) {
        return start(settings, realm, metrics, FIRST_WAIT);
    }

    static HttpServer start(
            HttpSettings settings, Supplier<RealmSnapshot> realm, MetricsPage metrics, Duration firstWait) {
        HttpServer server = new HttpServer(settings, realm, metrics, firstWait);
        server.listeners().forEach(listener -> listener.open().join());
        return server;
    }

    /** The TCP address in use, with its real port. */
    public Optional<InetSocketAddress> address() {
        return tcp.flatMap(Listener::boundAddress).map(InetSocketAddress.class::cast);
    }

    /** What is not listened on now, a sentence each. */
    public List<String> troubles() {
        return listeners().stream()
                .map(Listener::trouble)
                .filter(trouble -> !trouble.isEmpty())
                .toList();
    }

    /** Ends all connections and removes the socket's file. */
    @Override
    public void close() {
        listeners().forEach(Listener::close);
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        local.removeSocketFile();
    }

    private List<Listener> listeners() {
        List<Listener> all = new ArrayList<>();
        all.add(local);
        tcp.ifPresent(all::add);
        return all;
    }

    private Listener listener(
            Class<? extends ServerChannel> type,
            Function<ChannelGroup, Reception> reception,
            SocketAddress address,
            Optional<Path> socketFile,
            Duration firstWait) {
        ChannelGroup clients = new DefaultChannelGroup(group.next());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, 128)
                .childOption(ChannelOption.AUTO_READ, false)
                // A pool would keep megabytes for a server that is asked once in 15 seconds.
                .childOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .childHandler(reception.apply(clients));
        return new Listener(bootstrap, clients, address, socketFile, firstWait);
    }
}
