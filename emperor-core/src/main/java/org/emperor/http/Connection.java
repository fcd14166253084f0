package org.emperor.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.stream.ChunkedStream;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client: takes one request at a time, and at any time has one deadline after which it is closed. The next request is
 * read only when the last reply is written, so that a client that only sends fills nothing here.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has closed already; a write that fails closes
final class Connection extends SimpleChannelInboundHandler<HttpObject> {
    private static final System.Logger LOG = System.getLogger("emperor.http");
    private static final int SLICE = 64 * 1024;

    private final Router router;
    private final HttpLimits limits;
    private final Unsent unsent;
    private final boolean overTcp;
    private @Nullable HttpRequest request;
    private @Nullable Future<?> deadline;
    private boolean leaving;

    Connection(Router router, HttpLimits limits, Unsent unsent, boolean overTcp) {
        this.router = router;
        this.limits = limits;
        this.unsent = unsent;
        this.overTcp = overTcp;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        awaitRequest(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cancelDeadline();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
        if (leaving) {
            return;
        }
        if (part.decoderResult().isFailure()) {
            send(ctx, RequestCheck.malformed(part.decoderResult().cause()), false, false);
            return;
        }
        if (part instanceof HttpRequest start) {
            request = start;
        }
        if (part instanceof LastHttpContent && request != null) {
            answer(ctx, request);
        } else {
            refuseEarly(ctx);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.log(System.Logger.Level.ERROR, "HTTP connection closed by a defect", cause);
        }
        ctx.close();
    }

    /** A body is refused before it is read; anything else waits for the end of the request. */
    private void refuseEarly(ChannelHandlerContext ctx) {
        if (request != null && RequestCheck.refusal(request, overTcp).isPresent()) {
            answer(ctx, request);
        } else {
            ctx.read();
        }
    }

    private void answer(ChannelHandlerContext ctx, HttpRequest asked) {
        request = null;
        boolean headOnly = asked.method().equals(HttpMethod.HEAD);
        Optional<Reply> refusal = RequestCheck.refusal(asked, overTcp);
        if (refusal.isPresent()) {
            send(ctx, refusal.get(), headOnly, false);
        } else {
            send(ctx, route(asked), headOnly, HttpUtil.isKeepAlive(asked));
        }
    }

    private Reply route(HttpRequest asked) {
        String path;
        try {
            path = new QueryStringDecoder(asked.uri()).path();
        } catch (IllegalArgumentException badEscape) {
            return Reply.text(400, "the path has a broken percent escape");
        }
        try {
            String accept = asked.headers().get(HttpHeaderNames.ACCEPT, "");
            return router.answer(asked.method().name(), path, accept, unsent.hasRoom());
        } catch (RuntimeException defect) {
            LOG.log(System.Logger.Level.ERROR, "HTTP request failed by a defect path=" + path, defect);
            return Reply.text(500, "the emperor failed to answer; its log tells why");
        }
    }

    private void send(ChannelHandlerContext ctx, Reply wanted, boolean headOnly, boolean keepAlive) {
        boolean room = unsent.take(wanted.body().length);
        Reply reply = room ? wanted : Reply.busy();
        long taken = room ? wanted.body().length : 0;
        boolean stays = keepAlive && !reply.isBusy();
        setDeadline(ctx, limits.reply());
        write(ctx, reply, headOnly, stays).addListener((ChannelFutureListener) sent -> {
            unsent.giveBack(taken);
            if (!sent.isSuccess()) {
                ctx.close();
            } else if (stays) {
                awaitRequest(ctx);
            } else {
                leave(ctx);
            }
        });
    }

    private static ChannelFuture write(ChannelHandlerContext ctx, Reply reply, boolean headOnly, boolean keepAlive) {
        HttpResponseStatus status = HttpResponseStatus.valueOf(reply.status());
        HttpResponse head = headOnly
                ? new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER)
                : new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
        HttpHeaders headers = head.headers();
        ReplyHeaders.set(headers, reply);
        HttpUtil.setKeepAlive(head, keepAlive);
        if (headOnly) {
            return ctx.writeAndFlush(head);
        }
        ctx.write(head);
        return ctx.writeAndFlush(
                new HttpChunkedInput(new ChunkedStream(new ByteArrayInputStream(reply.body()), SLICE)));
    }

    private void awaitRequest(ChannelHandlerContext ctx) {
        setDeadline(ctx, limits.request());
        ctx.read();
    }

    /**
     * Closes without losing the reply: a close with unread input is a reset, which may overtake the reply. So our side is
     * shut first, and what still comes is thrown away until the client closes or the deadline falls due.
     */
    private void leave(ChannelHandlerContext ctx) {
        leaving = true;
        ((DuplexChannel) ctx.channel()).shutdownOutput();
        ctx.channel().config().setAutoRead(true);
        setDeadline(ctx, limits.farewell());
    }

    private void setDeadline(ChannelHandlerContext ctx, Duration wait) {
        cancelDeadline();
        deadline = ctx.executor().schedule(() -> ctx.close(), wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
