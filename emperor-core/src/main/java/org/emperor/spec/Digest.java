package org.emperor.spec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;

/**
 * The digest of what a file means: ids as resolved, durations as lengths, no comments, lines or path, so that a file that is
 * only reformatted or moved is the same wish. Every text carries its length; no two contents look alike.
 */
final class Digest {
    private static final MessageDigest SHA_256 = sha256Digest();

    private final StringBuilder content = new StringBuilder(1024);

    private Digest() {}

    static String of(VassalSpec spec) {
        Digest digest = new Digest();
        digest.add("name", spec.name());
        digest.add(spec.program());
        digest.add(spec.identity());
        digest.add(spec.life());
        digest.add("pids-max", spec.limits().pidsMax());
        spec.limits().resources().forEach(digest::add);
        spec.labels().forEach((name, value) -> digest.add("label", name + "=" + value));
        spec.jail().forEach(setting -> digest.add(setting.key(), setting.value()));
        return digest.sha256();
    }

    private void add(Program program) {
        program.argv().forEach(word -> add("exec", word));
        program.directory().ifPresent(directory -> add("chdir", directory));
        program.environment().forEach((name, value) -> add("env", name + "=" + value));
        for (String name : new TreeSet<>(program.unset())) {
            add("unenv", name);
        }
        add("init", program.init());
        add("umask", program.umask());
        add("nice", program.priority().nice());
        add("cpu-affinity", program.priority().cpus());
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
        for (StopStep step : life.stopSequence()) {
            add("stop-signal", step.signal());
            add("stop-grace", step.patience());
        }
        add("reload-signal", life.reloadSignal());
        add("reload-on-touch", life.reloadOnTouch());
        add("loyal-after", life.loyalAfter());
        add("start-timeout", life.startTimeout());
        add("dies-with-emperor", life.diesWithEmperor());
        add(life.restart());
    }

    private void add(Restart restart) {
        add("restart", restart.when());
        add("success-codes", restart.success());
        add("fatal-codes", restart.fatal());
        add("backoff-delay", restart.backoff().delay());
        add("backoff-factor", restart.backoff().factor());
        add("backoff-limit", restart.backoff().limit());
        add("backoff-jitter", restart.backoff().jitter());
        add("max-restarts", restart.backoff().maxRestarts());
    }

    private void add(ResourceLimit limit) {
        add("limit", limit.resource());
        add("soft", limit.soft());
        add("hard", limit.hard());
    }

    /** Never of a record: making its text costs a cold start milliseconds. */
    private void add(String field, Object value) {
        String text = value.toString();
        content.append(field)
                .append(' ')
                .append(text.length())
                .append(' ')
                .append(text)
                .append('\n');
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private String sha256() {
        try {
            MessageDigest digest = (MessageDigest) SHA_256.clone(); // not looked up again among all providers
            return HexFormat.of().formatHex(digest.digest(content.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's own digests can be cloned", e);
        }
    }
}
