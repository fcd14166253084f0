package org.emperor.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.stream.ChunkedWriteHandler;

/** Lets the clients of one listener in, up to its limit; one more is closed at once. */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has closed already
final class Reception extends ChannelInitializer<Channel> {
    private final Router router;
    private final HttpLimits limits;
    private final Unsent unsent;
    private final boolean overTcp;
    private final ChannelGroup clients;

    Reception(Router router, HttpLimits limits, Unsent unsent, boolean overTcp, ChannelGroup clients) {
        this.router = router;
        this.limits = limits;
        this.unsent = unsent;
        this.overTcp = overTcp;
        this.clients = clients;
    }

    @Override
    protected void initChannel(Channel client) {
        if (clients.size() >= limits.connections()) {
            client.close();
            return;
        }
        clients.add(client);
        client.pipeline()
                .addLast(new HttpServerCodec(decoder()))
                .addLast(new FlowControlHandler())
                .addLast(new ChunkedWriteHandler())
                .addLast(new Connection(router, limits, unsent, overTcp));
    }

    /** Strict, and without chunked requests: what no route needs cannot be smuggled past us. */
    private static HttpDecoderConfig decoder() {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(HttpLimits.REQUEST_LINE)
                .setMaxHeaderSize(HttpLimits.HEADERS)
                .setChunkedSupported(false)
                .setStrictLineParsing(true);
    }
}
