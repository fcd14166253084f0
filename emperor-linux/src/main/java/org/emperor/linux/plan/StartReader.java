package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emperor.lang.Setting;
import org.emperor.linux.plan.HookAction.Awaited;
import org.emperor.spec.Durations;

/** Reads what is waited for and written before the program starts: each is an action at a fixed place among the hooks. */
final class StartReader {
    static final String FILE_WRITE = "file-write";

    private static final Map<String, Awaited> WAITS = Map.of(
            "wait-for-interface", Awaited.INTERFACE,
            "wait-for-fs", Awaited.PATH,
            "wait-for-file", Awaited.FILE,
            "wait-for-dir", Awaited.DIRECTORY,
            "wait-for-mountpoint", Awaited.MOUNT_POINT,
            "wait-for-socket", Awaited.SOCKET);

    /** In which uWSGI waits for them. */
    private static final List<Awaited> ORDER =
            List.of(Awaited.INTERFACE, Awaited.PATH, Awaited.FILE, Awaited.DIRECTORY, Awaited.MOUNT_POINT);

    private static final Set<String> OTHERS = Set.of(
            "binsh",
            FILE_WRITE,
            "pidfile",
            "pidfile2",
            "safe-pidfile",
            "safe-pidfile2",
            "wait-for-fs-timeout",
            "wait-for-interface-timeout",
            "wait-for-socket-timeout");

    private final ActionReader actions;
    private final List<Setting> waits = new ArrayList<>();
    private final List<HookAction> written = new ArrayList<>();
    private final List<HookAction> last = new ArrayList<>();
    private final List<String> shells = new ArrayList<>();
    private final List<String> pidFiles = new ArrayList<>();
    private long forPaths = ActionReader.USUAL_WAIT;
    private long forInterfaces = ActionReader.USUAL_WAIT;
    private long forSockets = ActionReader.USUAL_WAIT;

    StartReader(ActionReader actions) {
        this.actions = actions;
    }

    static boolean knows(String key) {
        return OTHERS.contains(key) || WAITS.containsKey(key);
    }

    void read(Setting setting) {
        String value = setting.value();
        switch (setting.key()) {
            case "binsh" -> shells.add(value);
            case FILE_WRITE -> actions.assignment(setting).ifPresent(written::add);
            case "pidfile" -> pidFiles.add(value);
            case "pidfile2", "safe-pidfile", "safe-pidfile2" -> last.add(new HookAction.WritePid(value));
            case "wait-for-fs-timeout" -> forPaths = milliseconds(value);
            case "wait-for-interface-timeout" -> forInterfaces = milliseconds(value);
            case "wait-for-socket-timeout" -> forSockets = milliseconds(value);
            default -> waits.add(setting);
        }
    }

    private static long milliseconds(String value) {
        return Durations.parse(value).value().orElseThrow().toMillis(); // its form was checked
    }

    List<HookAction> before(HookPhase phase) {
        List<HookAction> all = new ArrayList<>();
        if (phase == HookPhase.AS_ROOT) {
            ORDER.forEach(kind -> await(kind, all));
        }
        return all;
    }

    List<HookAction> after(HookPhase phase) {
        if (phase == HookPhase.IN_JAIL) {
            return written;
        }
        List<HookAction> all = new ArrayList<>();
        if (phase == HookPhase.AS_USER) {
            await(Awaited.SOCKET, all);
            all.addAll(last);
        }
        return all;
    }

    private void await(Awaited kind, List<HookAction> all) {
        for (Setting setting : waits) {
            if (WAITS.get(setting.key()) == kind) {
                actions.await(setting, kind, setting.value(), within(kind)).ifPresent(all::add);
            }
        }
    }

    private long within(Awaited kind) {
        return switch (kind) {
            case INTERFACE -> forInterfaces;
            case SOCKET -> forSockets;
            case PATH, FILE, DIRECTORY, MOUNT_POINT -> forPaths;
        };
    }

    List<String> shells() {
        List<String> all = new ArrayList<>(shells);
        all.addAll(HookSettings.NONE.shells());
        return all;
    }

    List<String> pidFiles() {
        return pidFiles;
    }
}
