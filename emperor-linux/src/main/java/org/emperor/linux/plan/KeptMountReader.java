package org.emperor.linux.plan;

import java.util.List;
import java.util.Optional;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;

/** Reads {@code namespace-keep-mount}: {@code SOURCE[:TARGET]}. */
final class KeptMountReader {
    private final List<Problem> problems;
    private final Optional<String> root;

    KeptMountReader(List<Problem> problems, Optional<String> root) {
        this.problems = problems;
        this.root = root;
    }

    Optional<JailSettings.KeptMount> read(Setting setting) {
        if (root.isEmpty() || root.get().equals("/")) {
            return refuse(setting, "counts only beside namespace with a root of its own", "write namespace = ROOT");
        }
        int colon = setting.value().indexOf(':');
        String source = colon < 0 ? setting.value() : setting.value().substring(0, colon);
        String target = colon < 0 ? inside(source, root.get()) : setting.value().substring(colon + 1);
        if (!source.startsWith("/") || source.equals("/") || !target.startsWith("/") || target.equals("/")) {
            return refuse(setting, "needs absolute paths, and not the root", "write SOURCE or SOURCE:TARGET");
        }
        return Optional.of(new JailSettings.KeptMount(source, target));
    }

    /** What is mounted below the root stays where it is. */
    private static String inside(String source, String root) {
        String prefix = root.endsWith("/") ? root : root + "/";
        return source.startsWith(prefix) ? source.substring(prefix.length() - 1) : source;
    }

    private Optional<JailSettings.KeptMount> refuse(Setting setting, String rule, String remedy) {
        problems.add(new Problem(setting.position(), setting.key(), rule, remedy));
        return Optional.empty();
    }
}
