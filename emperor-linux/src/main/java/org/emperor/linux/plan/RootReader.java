package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;

/** Reads the keys that give a jail a root directory: {@code namespace}, {@code chroot}, {@code pivot-root}. */
final class RootReader {
    private final List<Problem> problems;
    private final List<Setting> keptMounts = new ArrayList<>();
    private Optional<String> namespace = Optional.empty();
    private Optional<String> chroot = Optional.empty();
    private Optional<JailSettings.PivotRoot> pivot = Optional.empty();

    RootReader(List<Problem> problems) {
        this.problems = problems;
    }

    /** Each of them at most once, in the order in which they are entered. */
    record Roots(
            Optional<String> namespace,
            List<JailSettings.KeptMount> keptMounts,
            Optional<JailSettings.PivotRoot> pivot,
            Optional<String> chroot) {}

    void chroot(Setting setting) {
        chroot = absolute(setting, setting.value());
    }

    /** @param root the part of the value before a colon */
    void namespace(Setting setting, String root) {
        namespace = absolute(setting, root);
    }

    void keepMount(Setting setting) {
        keptMounts.add(setting);
    }

    boolean hasNamespace() {
        return namespace.isPresent();
    }

    void pivotRoot(Setting setting) {
        String[] words = setting.value().strip().split(" +", -1);
        if (words.length != 2) {
            problem(setting, "needs two directories", "write pivot-root = NEW NEW/OLD");
            return;
        }
        Optional<String> fresh = absolute(setting, words[0]);
        String prefix = words[0].endsWith("/") ? words[0] : words[0] + "/";
        if (!words[1].startsWith(prefix) || words[1].length() == prefix.length()) {
            problem(setting, "the second directory must lie below the first", "write pivot-root = NEW NEW/OLD");
            return;
        }
        pivot = fresh.map(root -> new JailSettings.PivotRoot(root, words[1].substring(prefix.length())));
    }

    /** Mounts that are kept come last, for one below the root keeps its place in it. */
    Roots roots() {
        KeptMountReader reader = new KeptMountReader(problems, namespace);
        List<JailSettings.KeptMount> kept = new ArrayList<>();
        keptMounts.forEach(setting -> reader.read(setting).ifPresent(kept::add));
        return new Roots(namespace, kept, pivot, chroot);
    }

    private Optional<String> absolute(Setting setting, String path) {
        if (!path.startsWith("/")) {
            problem(setting, "\"" + path + "\" is not an absolute path", "start it with /");
            return Optional.empty();
        }
        return Optional.of(path);
    }

    private void problem(Setting setting, String rule, String remedy) {
        problems.add(new Problem(setting.position(), setting.key(), rule, remedy));
    }
}
