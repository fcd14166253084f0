package org.emperor.migration;

import org.emperor.lang.Setting;

/** Why keys of a service have no counterpart. */
final class ServiceLosses {
    private ServiceLosses() {}

    static void tell(Draft draft, Setting setting) {
        String key = setting.key();
        boolean off = Assignments.isFalse(setting.value());
        if (!(off && isProtection(key))) {
            draft.lose(setting, rule(key), remedy(key));
        }
    }

    private static String rule(String key) {
        if (key.startsWith("Exec")) {
            return "commands beside the program are hooks, which are not imported";
        }
        if (key.startsWith("Standard") || key.startsWith("Syslog") || key.startsWith("Log")) {
            return "output goes to the log directory, with times; input is empty";
        }
        if (isProtection(key)) {
            return "no key is the same as this: the program runs without it";
        }
        if (isResource(key)) {
            return "no key limits this";
        }
        return switch (key) {
            case "PIDFile", "GuessMainPID" -> "the program is the one that was launched";
            case "RemainAfterExit" -> "what has ended is done, and does not count as running";
            case "PassEnvironment" -> "nothing is inherited";
            case "WatchdogSec", "NotifyAccess", "BusName" -> "programs cannot tell how they are yet";
            case "StateDirectory", "CacheDirectory", "LogsDirectory", "RuntimeDirectory", "ConfigurationDirectory" ->
                "no directories are made";
            case "StartLimitBurst", "StartLimitInterval", "StartLimitIntervalSec" ->
                "faults in a row are counted, not starts in a time";
            case "RestartForceExitStatus" -> "there are no codes that force a restart";
            case "RestartSteps", "RestartMaxDelaySec" -> "delays grow by a factor";
            default -> "no key of a vassal file says this";
        };
    }

    private static String remedy(String key) {
        return switch (key) {
            case "ExecCondition", "ExecStartPre" ->
                "see vassals-start-hook, on the host, and exec-as-root, in the jail";
            case "ExecStop" -> "see stop-signal and stop-sequence";
            case "ExecStopPost" -> "see vassals-stop-hook, on the host, and exec-as-user-atexit, in the jail";
            case "PassEnvironment" -> "write env = NAME=$(NAME)";
            case "StartLimitBurst", "StartLimitInterval", "StartLimitIntervalSec" -> "see max-restarts";
            case "RestartSteps", "RestartMaxDelaySec" -> "see backoff-factor and backoff-limit";
            case "StateDirectory", "CacheDirectory", "LogsDirectory", "RuntimeDirectory", "ConfigurationDirectory" ->
                "make it before";
            default -> isProtection(key) ? "see jail-preset, seccomp and landlock" : "";
        };
    }

    private static boolean isResource(String key) {
        return key.startsWith("Memory")
                || key.startsWith("CPU")
                || key.startsWith("Startup")
                || (key.startsWith("IO") && !key.startsWith("IOScheduling"))
                || key.equals("Slice")
                || key.equals("Delegate");
    }

    private static boolean isProtection(String key) {
        return key.startsWith("Protect")
                || key.startsWith("Private")
                || key.startsWith("Restrict")
                || key.startsWith("System")
                || key.startsWith("ReadOnly")
                || key.startsWith("ReadWrite")
                || key.startsWith("Inaccessible")
                || key.startsWith("Bind")
                || key.startsWith("Device")
                || key.startsWith("IPAddress")
                || key.startsWith("Temporary")
                || key.startsWith("Lock")
                || key.equals("DynamicUser") // off: nothing is lost
                || key.equals("MemoryDenyWriteExecute")
                || key.equals("RemoveIPC");
    }
}
