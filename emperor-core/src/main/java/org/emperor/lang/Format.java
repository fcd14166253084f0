package org.emperor.lang;

import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/** What a file of settings may be written in. */
public enum Format {
    INI,
    YAML,
    JSON,
    XML,
    TOML;

    /** Reads files of one format; found by {@link ServiceLoader}, so that nobody loads what he does not use. */
    public interface Reader {
        Format format();

        /** @param content not more than {@link IniReader#LARGEST}, and flawless UTF-8 without a byte order mark */
        Document read(String file, String content);
    }

    /** By the file's extension; INI for those that say nothing. */
    public static Format of(String file) {
        return byExtension(file).orElse(INI);
    }

    static Optional<Format> byExtension(String file) {
        int dot = file.lastIndexOf('.');
        return dot < file.lastIndexOf('/') ? Optional.empty() : named(file.substring(dot + 1));
    }

    /** By an extension without its dot, or the key that reads such a file. */
    static Optional<Format> named(String extension) {
        return switch (extension.toLowerCase(Locale.ROOT)) {
            case "ini" -> Optional.of(INI);
            case "yml", "yaml" -> Optional.of(YAML);
            case "json", "js" -> Optional.of(JSON);
            case "xml" -> Optional.of(XML);
            case "toml" -> Optional.of(TOML);
            default -> Optional.empty();
        };
    }

    /** Reads a whole file; its path is only for positions. */
    Document read(String file, byte[] content) {
        if (this == INI) {
            return IniReader.read(file, content);
        }
        Optional<Document> flaw = IniReader.flaw(file, content);
        return flaw.isPresent() ? flaw.get() : readText(file, content);
    }

    private Document readText(String file, byte[] content) {
        for (Reader reader : ServiceLoader.load(Reader.class, Format.class.getClassLoader())) {
            if (reader.format() == this) {
                return reader.read(file, Utf8.text(content));
            }
        }
        throw new IllegalStateException("nothing here reads " + this);
    }
}
