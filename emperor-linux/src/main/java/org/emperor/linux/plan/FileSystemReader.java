package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.spec.Form;
import org.emperor.spec.Sizes;
import org.jspecify.annotations.Nullable;

/** Reads the keys of {@link FileSystemOptions}. */
final class FileSystemReader {
    private static final Set<String> BIND_OPTIONS = Set.of("file", "idmap");
    private static final int MOST_MAPPED = 128; // each is a descriptor that goes with the plan, of at most 253

    private final List<Problem> problems;
    private Preset preset = Preset.NONE;
    private @Nullable Boolean readOnly;
    private @Nullable Boolean privateTmp;
    private @Nullable Boolean privateRun;
    private @Nullable Boolean privateDev;
    private @Nullable Boolean hideProc;
    private @Nullable Boolean kernelMasks;
    private final List<String> masks = new ArrayList<>();
    private final List<MountRequest> mounts = new ArrayList<>();
    private final List<Credential> credentials = new ArrayList<>();
    private int mappedBinds;

    FileSystemReader(List<Problem> problems) {
        this.problems = problems;
    }

    void read(Setting setting) {
        switch (setting.key()) {
            case "jail-preset" -> preset(setting);
            case "read-only" -> readOnly = isOn(setting);
            case "private-tmp" -> privateTmp = isOn(setting);
            case "private-run" -> privateRun = isOn(setting);
            case "private-dev" -> privateDev = isOn(setting);
            case "hide-proc" -> hideProc = isOn(setting);
            case "bind", "bind-ro" -> bind(setting);
            case "tmpfs" -> tmpfs(setting);
            case "mask" -> mask(setting);
            case "credentials" -> credential(setting);
            default -> throw new IllegalStateException(setting.key());
        }
    }

    FileSystemSettings settings() {
        return new FileSystemSettings(
                preset,
                orElse(readOnly, preset.readOnly()),
                orElse(privateTmp, preset.privateTmp()),
                orElse(privateRun, preset.privateRun() || !credentials.isEmpty()),
                orElse(privateDev, preset.privateDev()),
                orElse(hideProc, preset.hideProc()),
                orElse(kernelMasks, preset.masksKernel()),
                masks,
                mounts,
                credentials);
    }

    private static boolean orElse(@Nullable Boolean said, boolean standard) {
        return said == null ? standard : said;
    }

    /** What only the whole file can tell: the namespaces it ends up with, and keys against each other. */
    void check(Setting setting, Set<Namespace> namespaces) {
        boolean asks =
                switch (setting.key()) {
                    case "read-only", "private-tmp", "private-run", "private-dev", "hide-proc" -> isOn(setting);
                    case "bind", "bind-ro", "tmpfs", "credentials" -> true;
                    case "mask" -> !setting.value().equals("none");
                    default -> false;
                };
        if (asks && !namespaces.contains(Namespace.FS)) {
            problem(setting, "would change the host without a namespace of its own", "add fs to clone");
        }
        if (isMapped(setting) && !namespaces.contains(Namespace.USER)) {
            problem(setting, "idmap counts only in a user namespace", "add user to clone, or remove idmap");
        }
        boolean foreign = namespaces.contains(Namespace.USER) && !namespaces.contains(Namespace.PID);
        if (setting.key().equals("hide-proc") && asks && foreign) { // EPERM, proc(5)
            problem(
                    setting,
                    "a user namespace may mount only the /proc of a pid namespace of its own",
                    "add pid to clone");
        }
        if (setting.key().equals("private-run") && !isOn(setting) && !credentials.isEmpty()) {
            problem(setting, "credentials are in a /run of the jail's own", "remove it");
        }
    }

    private void preset(Setting setting) {
        Preset.parse(setting.value())
                .ifPresentOrElse(
                        known -> preset = known,
                        () -> problem(setting, "no such preset", "allowed: " + Preset.ALLOWED));
    }

    /** Its form was checked: a flag. */
    private static boolean isOn(Setting setting) {
        return Form.isOn(setting.value());
    }

    private void bind(Setting setting) {
        String[] fields = setting.value().split(":", -1);
        List<String> words = fields.length == 3 ? List.of(fields[2].split(",", -1)) : List.of();
        if (fields.length > 3 || !BIND_OPTIONS.containsAll(words)) {
            problem(
                    setting,
                    "is not SOURCE, SOURCE:TARGET or SOURCE:TARGET:OPTIONS, with file, idmap or both",
                    "write one of these");
            return;
        }
        String target = fields.length > 1 ? fields[1] : fields[0];
        if (isPath(setting, fields[0]) && isTarget(setting, target)) {
            boolean readOnlyBind = setting.key().equals("bind-ro");
            boolean mapped = words.contains("idmap");
            mounts.add(new MountRequest.Bind(fields[0], target, readOnlyBind, words.contains("file"), mapped));
            mappedBinds += mapped ? 1 : 0;
            if (mapped && mappedBinds > MOST_MAPPED) {
                problem(setting, "no more than " + MOST_MAPPED + " binds can have idmap", "bind what is above them");
            }
        }
    }

    /** Whether it is a bind whose ids are mapped. */
    static boolean isMapped(Setting setting) {
        String[] fields = setting.value().split(":", -1);
        boolean bind = setting.key().equals("bind") || setting.key().equals("bind-ro");
        return bind && fields.length == 3 && List.of(fields[2].split(",", -1)).contains("idmap");
    }

    private void tmpfs(Setting setting) {
        int colon = setting.value().indexOf(':');
        String target = colon < 0 ? setting.value() : setting.value().substring(0, colon);
        String size = "10%";
        String mode = "0755";
        for (String option :
                colon < 0 ? new String[0] : setting.value().substring(colon + 1).split(",", -1)) {
            if (option.startsWith("size=") && isSize(option.substring(5))) {
                size = option.substring(5);
            } else if (option.startsWith("mode=") && isMode(option.substring(5))) {
                mode = option.substring(5);
            } else {
                problem(setting, "unknown option \"" + option + "\"", "write size=64M or mode=0755");
            }
        }
        if (isTarget(setting, target)) {
            mounts.add(new MountRequest.Tmpfs(target, size, mode));
        }
    }

    /** 0 would be no limit, tmpfs(5). */
    private static boolean isSize(String text) {
        return Sizes.parse(text).value().filter(bytes -> bytes > 0).isPresent();
    }

    private static boolean isMode(String text) {
        if (text.isEmpty() || text.length() > 4) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '7') {
                return false;
            }
        }
        return true;
    }

    private void mask(Setting setting) {
        switch (setting.value()) {
            case "default" -> kernelMasks = true;
            case "none" -> kernelMasks = false;
            default -> {
                if (isTarget(setting, setting.value())) {
                    masks.add(setting.value());
                }
            }
        }
    }

    private void credential(Setting setting) {
        int colon = setting.value().indexOf(':');
        String source = setting.value().substring(colon + 1);
        String name = colon < 0
                ? source.substring(source.lastIndexOf('/') + 1)
                : setting.value().substring(0, colon);
        if (!isPath(setting, source)) {
            return;
        }
        if (!isName(name)) {
            problem(setting, "\"" + name + "\" is no name of a credential", "write letters, digits, - . _");
        } else if (credentials.stream().anyMatch(other -> other.name().equals(name))) {
            problem(setting, "a second credential \"" + name + "\"", "write another NAME:SOURCE");
        } else {
            credentials.add(new Credential(name, source));
        }
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && !(c >= '0' && c <= '9') && "-._".indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty() && name.length() < 256 && !name.equals(".") && !name.equals("..");
    }

    private boolean isTarget(Setting setting, String path) {
        if (path.equals("/")) {
            problem(setting, "/ itself is no place for it", "write a directory below it, or use pivot-root");
            return false;
        }
        return isPath(setting, path);
    }

    /** As the kernel resolves it without leaving anything to chance. */
    private boolean isPath(Setting setting, String path) {
        boolean plain = path.startsWith("/") && path.length() > 1 && !path.endsWith("/");
        for (String name : plain ? path.substring(1).split("/", -1) : new String[0]) {
            plain &= !name.isEmpty() && !name.equals(".") && !name.equals("..");
        }
        if (!plain) {
            problem(
                    setting,
                    "\"" + path + "\" is not a plain absolute path",
                    "write it from / without .. . // and last /");
        }
        return plain;
    }

    private void problem(Setting setting, String rule, String remedy) {
        problems.add(new Problem(setting.position(), setting.key(), rule, remedy));
    }
}
