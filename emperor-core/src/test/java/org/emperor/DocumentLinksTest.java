package org.emperor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every link from a document to another, or to a heading, leads somewhere. */
class DocumentLinksTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]*)(?:#([^)\\s]*))?\\)");

    @Test
    void linksLeadSomewhere() throws IOException {
        List<Path> documents;
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            Stream<Path> inDocs = docs.filter(file -> file.toString().endsWith(".md"));
            documents = Stream.concat(Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CHANGELOG.md")), inDocs)
                    .toList();
        }
        assertFalse(documents.isEmpty());
        assertEquals(
                List.of(), documents.stream().flatMap(DocumentLinksTest::broken).toList());
    }

    private static Stream<String> broken(Path document) {
        return LINK.matcher(text(document))
                .results()
                .filter(link -> !link.group(1).contains("://"))
                .filter(link -> !leadsSomewhere(document, link))
                .map(link -> ROOT.relativize(document) + ": " + link.group());
    }

    private static boolean leadsSomewhere(Path document, MatchResult link) {
        Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
        boolean there = Files.exists(target);
        return link.group(2) == null ? there : there && hasHeading(target, link.group(2));
    }

    /** As GitHub makes anchors: lower case, no punctuation, dashes for blanks. */
    private static boolean hasHeading(Path document, String anchor) {
        return text(document)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .anyMatch(anchor::equals);
    }

    private static String text(Path document) {
        try {
            return Files.readString(document);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
