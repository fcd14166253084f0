package org.emperor.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a file with a {@code [uwsgi]} section runs: the real uWSGI, as uWSGI's own emperor would run it.
 *
 * @param candidates the programs that are tried in this order, along PATH where they have no slash; each is argv[0] itself
 * @param arguments what follows argv[0]
 * @param environment all of it but {@code UWSGI_EMPEROR_FD}, which names a descriptor that each launch makes
 */
public record UwsgiProgram(
        List<String> candidates, List<String> arguments, SortedMap<String, String> environment, String directory) {
    /** The descriptor of the emperor protocol, in the environment. */
    public static final String EMPEROR_FD = "UWSGI_EMPEROR_FD";

    /** The exit status of uWSGI's child where no candidate can be executed. */
    public static final int NOTHING_TO_EXECUTE = 26;

    private static final String INJECTED = "UWSGI_VASSAL_";

    /** What our launcher tells the JVM, and no operator set. */
    private static final String LAUNCHER = "_JAVA_SR_SIGNUM";

    public UwsgiProgram {
        candidates = List.copyOf(candidates);
        arguments = List.copyOf(arguments);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }

    /**
     * @param name the vassal's file as its monitor names it: within a directory the file name, of a pattern the whole path
     * @param directory of the vassal files, in which it starts
     * @param executable whether the file can be read and executed, which counts with {@code emperor-magic-exec}
     * @param emperor the emperor's own environment
     */
    public static UwsgiProgram of(
            UwsgiSettings settings, String name, String directory, boolean executable, Map<String, String> emperor) {
        List<String> candidates = new ArrayList<>(settings.overrides());
        candidates.add(settings.wrapper().orElse(settings.binary()));
        candidates.addAll(settings.fallbacks());
        return new UwsgiProgram(
                candidates, arguments(settings, name, executable), environment(settings, emperor), directory);
    }

    private static List<String> arguments(UwsgiSettings settings, String name, boolean executable) {
        List<String> arguments = new ArrayList<>();
        add(arguments, "--inherit", settings.inheritBefore());
        add(arguments, "--include", settings.includeBefore());
        add(arguments, "--set", settings.set());
        arguments.add(loader(name, settings.extraExtensions()));
        arguments.add(settings.magicExec() && executable ? "exec://" + name : name);
        add(arguments, "--inherit", settings.inherit());
        add(arguments, "--include", settings.include());
        return arguments;
    }

    private static void add(List<String> arguments, String option, List<String> values) {
        for (String value : values) {
            arguments.add(option);
            arguments.add(value);
        }
    }

    private static String loader(String name, List<String> extraExtensions) {
        for (String extension : extraExtensions) {
            if (name.endsWith(extension)) {
                return "--config";
            }
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "ini" -> "--ini";
            case "xml" -> "--xml";
            case "yml", "yaml" -> "--yaml";
            case "js", "json" -> "--json";
            default -> "--inherit";
        };
    }

    /** Inherited, with {@code UWSGI_VASSAL_X} as {@code UWSGI_X}; uWSGI means that too, but mixes up the variables. */
    private static SortedMap<String, String> environment(UwsgiSettings settings, Map<String, String> emperor) {
        SortedMap<String, String> environment = new TreeMap<>(emperor);
        environment
                .keySet()
                .removeAll(List.of("UWSGI_RELOADS", "NOTIFY_SOCKET", EMPEROR_FD, EMPEROR_FD + "_CONFIG", LAUNCHER));
        for (Map.Entry<String, String> variable : emperor.entrySet()) {
            if (variable.getKey().startsWith(INJECTED)) {
                environment.remove(variable.getKey());
                environment.put("UWSGI_" + variable.getKey().substring(INJECTED.length()), variable.getValue());
            }
        }
        environment.putIfAbsent("UWSGI_ORIGINAL_PROC_NAME", settings.binary());
        return environment;
    }
}
