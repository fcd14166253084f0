package org.emperor.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PageTest {
    private final String html = new String(Page.reply().body(), StandardCharsets.UTF_8);

    @Test
    void policyLetsExactlyTheScriptAndStyleOfThePageRun() throws Exception {
        String policy = Page.reply().headers().get("Content-Security-Policy");
        assertTrue(policy.startsWith("default-src 'none'; "), policy);
        assertTrue(policy.contains("script-src 'sha256-" + hash("script") + "'"), policy);
        assertTrue(policy.contains("style-src 'sha256-" + hash("style") + "'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
    }

    @Test
    void pageLoadsNothingFromElsewhereAndHasOneScriptAndOneStyle() {
        assertEquals(2, html.split("<script", -1).length);
        assertEquals(2, html.split("<style", -1).length);
        assertFalse(html.contains("src="), "a loaded element");
        assertFalse(html.contains("https://"), "another host");
        assertFalse(html.contains(" style="), "a style that the policy forbids");
        assertFalse(html.matches("(?s).*<[^>]* on[a-z]+=.*"), "a handler that the policy forbids");
    }

    @Test
    void whatTheEmperorTellsReachesThePageAsTextOnly() {
        for (String way : new String[] {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("}) {
            assertFalse(html.contains(way), way);
        }
    }

    private String hash(String element) throws Exception {
        String content = html.replaceAll("(?s).*<" + element + ">(.*)</" + element + ">.*", "$1");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(digest);
    }
}
