package org.emperor.lang;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The world of the corpus: a case's files as {@code /srv/vassals}, and a host that is always the same. */
final class CaseSurroundings implements Surroundings {
    static final String VASSALS = "/srv/vassals";

    private static final Facts FACTS = new Facts(
            "host.example",
            "9.9.9",
            "/usr/bin/emperor",
            VASSALS,
            Instant.ofEpochSecond(1_700_000_000, 123_456_000),
            4,
            0,
            "root",
            0,
            "root");

    private final CorpusCase asked;
    private final String root;
    private final HostSurroundings host = new HostSurroundings(() -> FACTS);

    CaseSurroundings(CorpusCase asked) {
        this.asked = asked;
        this.root = asked.directory().toString();
    }

    /** Where a path of the case really is; what is not the case's is nowhere. */
    private String there(String path) {
        String plain = Path.of(path).normalize().toString();
        boolean ours = plain.equals(VASSALS) || plain.startsWith(VASSALS + "/");
        return ours ? root + path.substring(path.indexOf(VASSALS) + VASSALS.length()) : root + "/nowhere" + path;
    }

    private String here(String path) {
        return path.startsWith(root) ? VASSALS + path.substring(root.length()) : path;
    }

    @Override
    public Source read(String path) {
        return host.read(there(path));
    }

    @Override
    public boolean isReadable(String path) {
        return host.isReadable(there(path));
    }

    @Override
    public boolean isFile(String path) {
        return host.isFile(there(path));
    }

    @Override
    public boolean isDirectory(String path) {
        return host.isDirectory(there(path));
    }

    @Override
    public List<String> glob(String pattern, int most) {
        return host.glob(there(pattern), most).stream().map(this::here).toList();
    }

    @Override
    public String real(String path) {
        String real = host.real(there(path));
        return real.equals(there(path)) ? path : here(real);
    }

    @Override
    public boolean isLink(String path) {
        return host.isLink(there(path));
    }

    @Override
    public Optional<String> inode(String path) {
        return Optional.of("42");
    }

    @Override
    public Map<String, String> environment() {
        return asked.environment();
    }

    @Override
    public Facts facts() {
        return FACTS;
    }
}
