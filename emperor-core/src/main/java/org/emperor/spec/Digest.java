package org.emperor.spec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.emperor.lang.Setting;

/**
 * The digest of what a file means: ids as resolved, durations as lengths, no comments, lines or path, so that a file that is
 * only reformatted or moved is the same wish. Every text carries its length; no two contents look alike.
 */
final class Digest {
    private final StringBuilder content = new StringBuilder();

    private Digest() {}

    static String of(
            VassalName name, Program program, Identity identity, Life life, Limits limits, List<Setting> jail) {
        Digest digest = new Digest();
        digest.add(name);
        digest.add(program);
        digest.add(identity);
        digest.add(life);
        digest.add("pids-max", limits.pidsMax());
        jail.forEach(setting -> digest.add(setting.key(), setting.value()));
        return digest.sha256();
    }

    private void add(VassalName name) {
        add("name", name);
    }

    private void add(Program program) {
        program.argv().forEach(word -> add("exec", word));
        program.directory().ifPresent(directory -> add("chdir", directory));
        program.environment().forEach((name, value) -> add("env", name + "=" + value));
        add("init", program.init());
    }

    private void add(Identity identity) {
        add("user", identity.user());
        add("uid", identity.uid());
        add("gid", identity.gid());
        // The order in which a user database lists groups means nothing and may change.
        identity.groups().stream().sorted().forEach(group -> add("group", group));
        add("home", identity.home());
        add("shell", identity.shell());
    }

    private void add(Life life) {
        add("stop-signal", life.stopSignal());
        add("stop-grace", life.stopGrace());
        add("reload-on-touch", life.reloadOnTouch());
        add("loyal-after", life.loyalAfter());
        add("start-timeout", life.startTimeout());
        add("dies-with-emperor", life.diesWithEmperor());
    }

    private void add(String field, Object value) {
        String text = value.toString();
        content.append(field)
                .append(' ')
                .append(text.length())
                .append(' ')
                .append(text)
                .append('\n');
    }

    private String sha256() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(content.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
