package org.emperor.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cases of one file: {@code === title}, the vassal file, {@code ---}, what is expected of it. */
final class Corpus {
    private Corpus() {}

    record Case(String title, String file, String expected) {}

    static List<Case> of(String resource) {
        List<Case> cases = new ArrayList<>();
        for (String text : text(resource).split("(?m)^=== ")) {
            if (!text.isBlank()) {
                int title = text.indexOf('\n');
                int rule = text.indexOf("\n---\n", title);
                cases.add(new Case(
                        text.substring(0, title),
                        text.substring(title + 1, rule + 1),
                        text.substring(rule + 5).strip()));
            }
        }
        return cases;
    }

    private static String text(String resource) {
        try (InputStream in = Corpus.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
