package org.emperor.spec;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Options of uWSGI that are no keys here, and why: known by name, so that nobody has to guess. Loaded only once a file has an
 * unknown key.
 */
public record UwsgiOnly(String rule, String remedy) {
    private static final UwsgiOnly SERVER =
            new UwsgiOnly("is for uWSGI's own server", "run uWSGI itself, from a [uwsgi] section");
    private static final UwsgiOnly UNRELEASED =
            new UwsgiOnly("exists only in unreleased versions of uWSGI", "remove it");
    private static final UwsgiOnly SYMBOL =
            new UwsgiOnly("calls a C function of uWSGI's process", "write a hook that executes a program");
    private static final UwsgiOnly DAEMON =
            new UwsgiOnly("is for daemons that uWSGI's master runs", "give each daemon a vassal file of its own");

    private static final SortedMap<String, UwsgiOnly> ALL = all();

    public static Optional<UwsgiOnly> of(String key) {
        return Optional.ofNullable(ALL.get(key));
    }

    /** All of them by their names. */
    public static SortedMap<String, UwsgiOnly> byName() {
        return ALL;
    }

    private static SortedMap<String, UwsgiOnly> all() {
        SortedMap<String, UwsgiOnly> all = new TreeMap<>();
        put(
                all,
                SERVER,
                "fallback-config master processes workers master-fifo idle die-on-idle vassal-sos vassal-sos-backlog heartbeat"
                        + " emperor-proxy-socket worker-exec worker-exec2 chdir2 master-as-root drop-after-init"
                        + " drop-after-apps chown-socket mount hook-pre-app exec-pre-app hook-post-app exec-post-app"
                        + " hook-post-fork hook-accepting hook-accepting-once hook-accepting1 hook-accepting1-once"
                        + " hook-master-start hook-as-mule hook-as-gateway hook-emperor-stop hook-emperor-reload"
                        + " hook-emperor-lost forkpty-router forkpty-urouter forkptyrouter-command forkptyrouter-rows"
                        + " forkptyrouter-cols");
        put(
                all,
                UNRELEASED,
                "emperor-collect-attr emperor-wrapper-attr emperor-chdir-attr emperor-fork-server-attr"
                        + " emperor-use-fork-server vassal-fork-base fork-server emperor-subreaper"
                        + " emperor-command-socket emperor-wait-for-command emperor-wait-for-command-ignore"
                        + " emperor-trigger-socket emperor-tyrant-initgroups hook-as-emperor-before-vassal"
                        + " hook-as-vassal-before-drop hook-as-on-demand-vassal hook-as-on-config-vassal"
                        + " hook-as-emperor-setns ienv");
        put(
                all,
                SYMBOL,
                "call-asap call-pre-jail call-post-jail call-in-jail call-as-root call-as-user call-as-user-atexit"
                        + " call-pre-app call-post-app call-as-vassal call-as-vassal1 call-as-vassal3 call-as-emperor"
                        + " call-as-emperor1 call-as-emperor2 call-as-emperor4");
        put(all, DAEMON, "attach-daemon attach-control-daemon smart-attach-daemon smart-attach-daemon2 attach-daemon2");
        put(
                all,
                new UwsgiOnly("is what exec does here for any program", "write exec"),
                "privileged-binary-patch privileged-binary-patch-arg unprivileged-binary-patch"
                        + " unprivileged-binary-patch-arg");
        put(
                all,
                new UwsgiOnly(
                        "would act in a program that runs: here a touched file makes a new jail",
                        "write reload-on-touch"),
                "hook-touch");
        put(all, new UwsgiOnly("is what every reload does here: a new jail", "remove it"), "exit-on-reload");
        put(all, new UwsgiOnly("is what every end does here: the whole jail goes", "remove it"), "no-orphans vacuum");
        put(
                all,
                new UwsgiOnly("is not needed: ids change once, at the end", "write uid and gid"),
                "immediate-uid immediate-gid");
        put(all, new UwsgiOnly("is not needed: a launch is always anew", "write chdir"), "force-cwd");
        put(all, new UwsgiOnly("is not needed: phases run once, in order", "remove it"), "jailed");
        put(all, new UwsgiOnly("is not needed: a vassal inherits no descriptor", "remove it"), "safe-fd fd-safe");
        put(
                all,
                new UwsgiOnly("is not needed: the emperor is a program of its own", "remove it"),
                "early-emperor emperor-procname");
        put(
                all,
                new UwsgiOnly(
                        "would let a broken vassal respawn without a pause", "write backoff-delay and backoff-limit"),
                "emperor-no-blacklist");
        put(all, new UwsgiOnly("is each vassal's own", "write stop-grace in its file"), "reload-mercy");
        put(all, new UwsgiOnly("lists what uWSGI has", "see emperor run --help"), "imperial-monitor-list");
        return Collections.unmodifiableSortedMap(all);
    }

    private static void put(Map<String, UwsgiOnly> all, UwsgiOnly why, String names) {
        for (String name : names.split(" ", -1)) {
            all.put(name, why);
        }
    }
}
