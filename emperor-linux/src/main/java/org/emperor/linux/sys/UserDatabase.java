package org.emperor.linux.sys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jnr.posix.Group;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import jnr.posix.Passwd;
import org.emperor.spec.Accounts;
import org.emperor.spec.Identity;

/**
 * Users and groups of this host: {@code /etc/passwd} and {@code /etc/group} first, then, for names they do not have, the
 * name service switch through JNR-POSIX, whose loading would cost every start a tenth of a second. Memberships come from
 * {@code /etc/group} and, for users of the switch, from its group enumeration.
 */
public final class UserDatabase implements Accounts {
    private final ColonFile passwd;
    private final ColonFile group;
    private final int ownUid = own("unix:uid");
    private final int ownGid = own("unix:gid");
    private volatile Known known = new Known(List.of(), List.of(), new ConcurrentHashMap<>());

    /** Who was found in the two files, for as long as they are these. */
    private record Known(List<List<String>> users, List<List<String>> groups, Map<String, Identity> identities) {}

    public UserDatabase() {
        this(Path.of("/etc/passwd"), Path.of("/etc/group"));
    }

    UserDatabase(Path passwd, Path group) {
        this.passwd = new ColonFile(passwd, 7, 2);
        this.group = new ColonFile(group, 4, 1);
    }

    @Override
    public Optional<Identity> user(String nameOrNumber) {
        Map<String, Identity> identities = known().identities();
        Identity before = identities.get(nameOrNumber); // every file that is read asks
        if (before != null) {
            return Optional.of(before);
        }
        OptionalInt number = ColonFile.number(nameOrNumber);
        Predicate<List<String>> wanted = number.isPresent()
                ? fields -> fields.get(2).equals(Integer.toString(number.getAsInt()))
                : fields -> fields.get(0).equals(nameOrNumber);
        Optional<Identity> found =
                passwd.rows().stream().filter(wanted).findFirst().map(this::identity);
        found.ifPresent(identity -> identities.put(nameOrNumber, identity));
        return found.or(() -> fromSwitch(nameOrNumber, number))
                .or(() -> number.isPresent() ? Optional.of(stranger(number.getAsInt())) : Optional.empty());
    }

    @SuppressWarnings("ReferenceEquality") // an unchanged file has the same list
    private Known known() {
        List<List<String>> users = passwd.rows();
        List<List<String>> groups = group.rows();
        Known last = known;
        if (last.users() != users || last.groups() != groups) {
            last = new Known(users, groups, new ConcurrentHashMap<>());
            known = last;
        }
        return last;
    }

    @Override
    public OptionalInt group(String nameOrNumber) {
        OptionalInt number = ColonFile.number(nameOrNumber);
        if (number.isPresent()) {
            return number;
        }
        for (List<String> fields : group.rows()) {
            if (fields.get(0).equals(nameOrNumber)) {
                return ColonFile.number(fields.get(2));
            }
        }
        Group found = Switch.LIBC.getgrnam(nameOrNumber);
        return found == null ? OptionalInt.empty() : OptionalInt.of((int) found.getGID());
    }

    /** The ids are the process's: its group need not be the one that the database has, as in sg(1) or a container. */
    @Override
    public Identity self() {
        Identity named = user(Integer.toString(ownUid)).orElseGet(() -> stranger(ownUid));
        List<Integer> groups = Stream.concat(
                        Stream.of(ownGid), named.groups().stream().filter(group -> group != named.gid()))
                .distinct()
                .toList();
        return new Identity(named.user(), ownUid, ownGid, groups, named.home(), named.shell());
    }

    private static int own(String attribute) {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), attribute);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Identity identity(List<String> fields) {
        int uid = Integer.parseInt(fields.get(2));
        int gid = Integer.parseInt(fields.get(3));
        String shell = fields.get(6).isEmpty() ? "/bin/sh" : fields.get(6);
        return new Identity(fields.get(0), uid, gid, groups(fields.get(0), gid), fields.get(5), shell);
    }

    private List<Integer> groups(String user, int gid) {
        TreeSet<Integer> groups = new TreeSet<>(List.of(gid));
        for (List<String> fields : group.rows()) {
            if (("," + fields.get(3) + ",").contains("," + user + ",")) {
                ColonFile.number(fields.get(2)).ifPresent(groups::add);
            }
        }
        return List.copyOf(groups);
    }

    private Optional<Identity> fromSwitch(String name, OptionalInt number) {
        Passwd found = number.isPresent() ? Switch.LIBC.getpwuid(number.getAsInt()) : Switch.LIBC.getpwnam(name);
        if (found == null) {
            return Optional.empty();
        }
        int gid = (int) found.getGID();
        TreeSet<Integer> groups = new TreeSet<>(groups(found.getLoginName(), gid));
        groups.addAll(Switch.groups(found.getLoginName()));
        return Optional.of(new Identity(
                found.getLoginName(),
                (int) found.getUID(),
                gid,
                List.copyOf(groups),
                found.getHome(),
                found.getShell()));
    }

    private static Identity stranger(int uid) {
        return new Identity(Integer.toString(uid), uid, uid, List.of(uid), "/", "/bin/sh");
    }

    /** Loaded only when a name is in no file. */
    private static final class Switch {
        static final POSIX LIBC = POSIXFactory.getNativePOSIX();

        static List<Integer> groups(String user) {
            TreeSet<Integer> groups = new TreeSet<>();
            Group group;
            while ((group = LIBC.getgrent()) != null) {
                String[] members = group.getMembers();
                if (members != null && List.of(members).contains(user)) {
                    groups.add((int) group.getGID());
                }
            }
            LIBC.endgrent();
            return List.copyOf(groups);
        }
    }
}
