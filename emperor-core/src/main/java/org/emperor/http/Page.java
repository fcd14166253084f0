package org.emperor.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/** The web page: one file that loads nothing, under a policy that lets exactly its own script and style run. */
final class Page {
    private static final String HTML = load();
    private static final String POLICY = "default-src 'none'; connect-src 'self'; img-src data:; script-src '"
            + hash("<script>", "</script>") + "'; style-src '" + hash("<style>", "</style>")
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Page() {}

    static Reply reply() {
        return new Reply(
                200,
                "text/html; charset=utf-8",
                HTML.getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Security-Policy", POLICY));
    }

    private static String load() {
        try (InputStream page = Page.class.getResourceAsStream("page.html")) {
            return new String(Objects.requireNonNull(page, "page.html").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String hash(String open, String close) {
        int from = HTML.indexOf(open) + open.length();
        String content = HTML.substring(from, HTML.indexOf(close, from));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
