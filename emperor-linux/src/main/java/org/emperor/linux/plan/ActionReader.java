package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.linux.plan.HookAction.Awaited;

/** Reads actions of hooks, {@code action:argument}; arguments are split at single spaces, as uWSGI does. */
final class ActionReader {
    private static final Set<String> UNMOUNT_WORDS = Set.of("force", "detach", "rec", "recursive");
    private static final Set<String> OF_UWSGI =
            Set.of("alarm", "rpc", "retryrpc", "call", "callret", "callint", "callintret", "unix_signal", "ffi", "tcc");
    private static final List<String> KNOWN = List.of(
            "mount",
            "umount",
            "exec",
            "safeexec",
            "cd",
            "chdir",
            "putenv",
            "mkdir",
            "rmdir",
            "unlink",
            "create",
            "creat",
            "write",
            "writen",
            "append",
            "appendn",
            "writefifo",
            "spinningfifo",
            "chmod",
            "sticky",
            "chown",
            "chown2",
            "hostname",
            "ifup",
            "ifdown",
            "ifaddr",
            "wait_for_fs",
            "wait_for_file",
            "wait_for_dir",
            "wait_for_mountpoint",
            "wait_for_socket",
            "wait_for_interface",
            "print",
            "log",
            "exit");
    static final long USUAL_WAIT = 60_000; // uWSGI's
    private static final int LARGEST_MODE = 07777;
    private static final int LARGEST_CODE = 255;
    private static final int LONGEST_INTERFACE = 15; // IFNAMSIZ less its NUL, netdevice(7)

    private final List<Problem> problems;

    ActionReader(List<Problem> problems) {
        this.problems = problems;
    }

    /** The value of a {@code hook-*} key. A {@code !} before it keeps uWSGI from logging it; here nothing is logged. */
    Optional<HookAction> action(Setting setting) {
        String value = setting.value().startsWith("!") ? setting.value().substring(1) : setting.value();
        int colon = value.indexOf(':');
        String action = colon < 0 ? value : value.substring(0, colon);
        String argument = colon < 0 ? "" : value.substring(colon + 1);
        return switch (action) {
            case "mount" -> mount(setting, argument);
            case "umount" -> unmount(setting, argument);
            case "print", "log" -> Optional.of(new HookAction.Print(argument));
            case "exit" -> exit(setting, argument);
            case "appendn" -> append(setting, argument);
            default -> argument.isEmpty() ? unknown(setting, action) : withArgument(setting, action, argument);
        };
    }

    private Optional<HookAction> withArgument(Setting setting, String action, String argument) {
        return switch (action) {
            case "exec" -> execute(argument);
            case "safeexec" -> Optional.of(new HookAction.Execute(argument, true));
            case "cd", "chdir" -> Optional.of(new HookAction.Enter(argument));
            case "putenv" -> put(setting, argument);
            case "mkdir" -> Optional.of(new HookAction.MakeDirectory(argument));
            case "unlink" -> Optional.of(new HookAction.Remove(argument, false));
            case "rmdir" -> Optional.of(new HookAction.Remove(argument, true));
            case "chmod" -> changeMode(setting, argument);
            case "sticky" -> Optional.of(new HookAction.Stick(argument));
            case "chown", "chown2" -> changeOwner(setting, argument);
            case "create", "creat" -> Optional.of(new HookAction.Write(argument, "", false));
            case "write", "writen", "append" -> write(setting, action, argument);
            case "writefifo", "spinningfifo" -> feed(setting, action, argument);
            case "hostname" ->
                JailReader.isHostName(argument)
                        ? Optional.of(new HookAction.NameHost(argument))
                        : refuse(setting, "hostname: not the name of a host", JailReader.HOST_NAME);
            case "ifup", "ifdown" ->
                interfaceName(setting, argument).map(name -> new HookAction.Switch(name, action.equals("ifup")));
            case "ifaddr" -> address(setting, argument);
            default -> awaiting(setting, action, argument);
        };
    }

    private Optional<HookAction> awaiting(Setting setting, String action, String argument) {
        return switch (action) {
            case "wait_for_fs" -> await(setting, Awaited.PATH, argument);
            case "wait_for_file" -> await(setting, Awaited.FILE, argument);
            case "wait_for_dir" -> await(setting, Awaited.DIRECTORY, argument);
            case "wait_for_mountpoint" -> await(setting, Awaited.MOUNT_POINT, argument);
            case "wait_for_socket" -> await(setting, Awaited.SOCKET, argument);
            case "wait_for_interface" -> await(setting, Awaited.INTERFACE, argument);
            default -> unknown(setting, action);
        };
    }

    private Optional<HookAction> unknown(Setting setting, String action) {
        if (OF_UWSGI.contains(action)) {
            return refuse(setting, "action \"" + action + "\" is of uWSGI's inside", "use exec: with a program for it");
        }
        return KNOWN.contains(action)
                ? refuse(setting, "action \"" + action + "\" needs an argument", "write " + action + ":ARGUMENT")
                : refuse(setting, "unknown action \"" + action + "\"", "known are " + String.join(" ", KNOWN));
    }

    Optional<HookAction> execute(String command) {
        return Optional.of(new HookAction.Execute(command, false));
    }

    Optional<HookAction> mount(Setting setting, String argument) {
        String[] fields = argument.split(" ", 5);
        if (fields.length < 3) {
            return refuse(setting, "mount: needs TYPE SOURCE TARGET", "write none for what does not matter");
        }
        String flags = fields.length > 3 ? fields[3] : "";
        for (String word : flags.split(",", -1)) {
            if (!MountFlag.knows(word)) {
                return refuse(setting, "unknown mount flag \"" + word + "\"", "known are " + MountFlag.allowed());
            }
        }
        if (!fields[2].startsWith("/")) {
            return refuse(setting, "mount target \"" + fields[2] + "\" is not absolute", "start it with /");
        }
        String data = fields.length > 4 ? fields[4] : "";
        return Optional.of(
                new HookAction.Mount(plain(fields[0]), plain(fields[1]), fields[2], MountFlag.value(flags), data));
    }

    Optional<HookAction> unmount(Setting setting, String argument) {
        String[] fields = argument.split(" ", 2);
        if (!fields[0].startsWith("/")) {
            return refuse(setting, "umount target \"" + fields[0] + "\" is not absolute", "start it with /");
        }
        List<String> words = new ArrayList<>(fields.length > 1 ? List.of(fields[1].split(",", -1)) : List.of());
        for (String word : words) {
            if (!UNMOUNT_WORDS.contains(word)) {
                return refuse(setting, "unknown umount flag \"" + word + "\"", "known are force detach rec recursive");
            }
        }
        boolean recursive = words.contains("rec") || words.contains("recursive");
        if (recursive && !words.contains("detach")) {
            return refuse(setting, "umount of a whole tree works only lazily", "write rec,detach");
        }
        return Optional.of(new HookAction.Unmount(fields[0], words.contains("detach"), words.contains("force")));
    }

    private static String plain(String word) {
        return word.equals("none") ? "" : word;
    }

    private Optional<HookAction> put(Setting setting, String argument) {
        int equals = argument.indexOf('=');
        return equals > 0
                ? Optional.of(new HookAction.Put(argument.substring(0, equals), argument.substring(equals + 1)))
                : refuse(setting, "putenv: needs a variable", "write putenv:NAME=VALUE");
    }

    private Optional<HookAction> changeMode(Setting setting, String argument) {
        int space = argument.lastIndexOf(' ');
        int mode = number(argument.substring(space + 1), 8, LARGEST_MODE);
        return space > 0 && mode >= 0
                ? Optional.of(new HookAction.ChangeMode(argument.substring(0, space), mode))
                : refuse(setting, "chmod: needs a file and octal digits", "write chmod:FILE 0750");
    }

    /** User and group were names in the file, and are numbers since it was read. */
    private Optional<HookAction> changeOwner(Setting setting, String argument) {
        String[] fields = argument.split(" ", -1);
        int uid = fields.length == 3 ? number(fields[1], 10, Integer.MAX_VALUE) : -1;
        int gid = fields.length == 3 ? number(fields[2], 10, Integer.MAX_VALUE) : -1;
        return uid >= 0 && gid >= 0
                ? Optional.of(new HookAction.ChangeOwner(fields[0], uid, gid))
                : refuse(setting, "chown2: needs a file and two numbers", "write chown2:FILE UID GID, or use chown");
    }

    private Optional<HookAction> write(Setting setting, String action, String argument) {
        int space = argument.indexOf(' ');
        if (space <= 0) {
            return refuse(setting, action + ": needs a file and a text", "write " + action + ":FILE TEXT");
        }
        String text = argument.substring(space + 1) + (action.equals("writen") ? "\n" : "");
        return Optional.of(new HookAction.Write(argument.substring(0, space), text, action.equals("append")));
    }

    /** {@code FILE=TEXT}, as a whole value; with a newline, as uWSGI writes it. */
    Optional<HookAction> assignment(Setting setting) {
        int equals = setting.value().indexOf('=');
        if (!setting.value().startsWith("/") || equals < 0) {
            return refuse(setting, "needs an absolute file and a text", "write /FILE=TEXT");
        }
        String text = setting.value().substring(equals + 1) + "\n";
        return Optional.of(new HookAction.Write(setting.value().substring(0, equals), text, false));
    }

    private Optional<HookAction> append(Setting setting, String argument) {
        int space = argument.indexOf(' ');
        String file = space < 0 ? argument : argument.substring(0, space);
        String text = space < 0 ? "" : argument.substring(space + 1);
        return file.isEmpty()
                ? refuse(setting, "appendn: needs a file", "write appendn:FILE TEXT")
                : Optional.of(new HookAction.Write(file, text + "\n", true));
    }

    private Optional<HookAction> feed(Setting setting, String action, String argument) {
        int space = argument.indexOf(' ');
        return space > 0
                ? Optional.of(new HookAction.Feed(
                        argument.substring(0, space), argument.substring(space + 1), action.equals("spinningfifo")))
                : refuse(setting, action + ": needs a FIFO and a text", "write " + action + ":FIFO TEXT");
    }

    private Optional<HookAction> exit(Setting setting, String argument) {
        int code = argument.isEmpty() ? 0 : number(argument, 10, LARGEST_CODE);
        return code >= 0
                ? Optional.of(new HookAction.Exit(code))
                : refuse(setting, "no exit code", "write exit:0 to exit:255");
    }

    private Optional<HookAction> address(Setting setting, String argument) {
        String[] fields = argument.split("[ /]", -1);
        Optional<byte[]> address = fields.length == 3 ? SocketName.ip4(fields[1]) : Optional.empty();
        int prefix = fields.length == 3 ? number(fields[2], 10, 32) : -1;
        if (address.isEmpty() || prefix < 0) {
            return refuse(setting, "ifaddr: needs an interface and an address", "write ifaddr:NAME A.B.C.D/BITS");
        }
        int bytes = java.nio.ByteBuffer.wrap(address.get()).getInt();
        return interfaceName(setting, fields[0]).map(name -> new HookAction.Address(name, bytes, prefix));
    }

    private Optional<String> interfaceName(Setting setting, String name) {
        if (name.isEmpty() || name.length() > LONGEST_INTERFACE || name.indexOf(' ') >= 0 || name.indexOf('/') >= 0) {
            refuse(setting, "\"" + name + "\" is no name of an interface", "it has 1 to 15 characters");
            return Optional.empty();
        }
        return Optional.of(name);
    }

    private Optional<HookAction> await(Setting setting, Awaited kind, String name) {
        return await(setting, kind, name, USUAL_WAIT);
    }

    /** @param within in milliseconds */
    Optional<HookAction> await(Setting setting, Awaited kind, String name, long within) {
        if (kind == Awaited.SOCKET && SocketName.parse(name).isEmpty()) {
            return refuse(setting, "\"" + name + "\" is no address of a socket", SocketName.ALLOWED);
        }
        if (kind == Awaited.INTERFACE && interfaceName(setting, name).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new HookAction.Await(kind, name, within));
    }

    /** The number of ASCII digits only, at most so large; else -1. */
    static int number(String digits, int radix, int largest) {
        if (digits.isEmpty() || digits.length() > 10) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit >= radix) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value <= largest ? (int) value : -1;
    }

    private Optional<HookAction> refuse(Setting setting, String rule, String remedy) {
        problems.add(new Problem(setting.position(), setting.key(), rule, remedy));
        return Optional.empty();
    }
}
