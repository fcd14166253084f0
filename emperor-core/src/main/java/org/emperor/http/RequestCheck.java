package org.emperor.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Optional;

/** What is wrong with a request before anybody asks for its route; a connection that sent such a thing is closed. */
final class RequestCheck {
    private RequestCheck() {}

    /** The refusal of a request that did not even parse. */
    static Reply malformed(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Reply.text(414, "the request line is longer than " + HttpLimits.REQUEST_LINE + " bytes");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Reply.text(431, "the headers are longer than " + HttpLimits.HEADERS + " bytes");
        }
        return Reply.text(400, "not an HTTP request that is understood here");
    }

    static Optional<Reply> refusal(HttpRequest request, boolean overTcp) {
        HttpHeaders headers = request.headers();
        if (request.protocolVersion().majorVersion() != 1) {
            return Optional.of(Reply.text(505, "HTTP/1.1 is spoken here"));
        }
        if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            return Optional.of(Reply.text(400, "a transfer encoding is not understood here"));
        }
        if (!request.uri().startsWith("/")) {
            return Optional.of(Reply.text(400, "the request target must be a path"));
        }
        if (hasBody(headers)) {
            return Optional.of(Reply.text(413, "no request here takes a body"));
        }
        return host(request, overTcp);
    }

    private static Optional<Reply> host(HttpRequest request, boolean overTcp) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        boolean optional = request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
        if (hosts.size() > 1 || (hosts.isEmpty() && !optional)) {
            return Optional.of(Reply.text(400, "a request names its host once"));
        }
        if (overTcp && !hosts.stream().allMatch(HostCheck::isLocal)) {
            return Optional.of(Reply.text(
                    421,
                    "this host is asked for by the names localhost, 127.0.0.1 and [::1] only, against DNS rebinding"));
        }
        return Optional.empty();
    }

    private static boolean hasBody(HttpHeaders headers) {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return length != null && !length.matches("0+");
    }
}
