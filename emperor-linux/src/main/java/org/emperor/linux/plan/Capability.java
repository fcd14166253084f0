package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** The capabilities by their numbers, which go up from 0 without a gap (capabilities(7), linux/capability.h). */
enum Capability {
    CHOWN(0),
    DAC_OVERRIDE(1),
    DAC_READ_SEARCH(2),
    FOWNER(3),
    FSETID(4),
    KILL(5),
    SETGID(6),
    SETUID(7),
    SETPCAP(8),
    LINUX_IMMUTABLE(9),
    NET_BIND_SERVICE(10),
    NET_BROADCAST(11),
    NET_ADMIN(12),
    NET_RAW(13),
    IPC_LOCK(14),
    IPC_OWNER(15),
    SYS_MODULE(16),
    SYS_RAWIO(17),
    SYS_CHROOT(18),
    SYS_PTRACE(19),
    SYS_PACCT(20),
    SYS_ADMIN(21),
    SYS_BOOT(22),
    SYS_NICE(23),
    SYS_RESOURCE(24),
    SYS_TIME(25),
    SYS_TTY_CONFIG(26),
    MKNOD(27),
    LEASE(28),
    AUDIT_WRITE(29),
    AUDIT_CONTROL(30),
    SETFCAP(31),
    MAC_OVERRIDE(32),
    MAC_ADMIN(33),
    SYSLOG(34),
    WAKE_ALARM(35),
    BLOCK_SUSPEND(36),
    AUDIT_READ(37),
    PERFMON(38),
    BPF(39),
    CHECKPOINT_RESTORE(40);

    private static final int MOST = 62; // a set is 64 bits; the sign would be in the way
    private static final Capability[] ALL = values();

    private final int number;

    Capability(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    long bit() {
        return 1L << number;
    }

    /** The number behind a word as uWSGI has it, with or without the kernel's prefix, or a number that may be newer than us. */
    static OptionalInt number(String word) {
        String name = word.toUpperCase(Locale.ROOT);
        for (Capability capability : ALL) {
            if (name.equals(capability.name()) || name.equals("CAP_" + capability.name())) {
                return OptionalInt.of(capability.number);
            }
        }
        boolean digits = !word.isEmpty() && word.length() <= 2 && word.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && Integer.parseInt(word) <= MOST ? OptionalInt.of(Integer.parseInt(word)) : OptionalInt.empty();
    }

    /** {@code CAP_CHOWN}; the number alone where we know no name. */
    static String constant(int number) {
        return number < ALL.length ? "CAP_" + ALL[number] : Integer.toString(number);
    }

    /** {@code chown}, as in a file. */
    static String word(int number) {
        return number < ALL.length ? ALL[number].name().toLowerCase(Locale.ROOT) : Integer.toString(number);
    }

    /** All that a kernel has whose highest number is this. */
    static long upTo(int last) {
        return (1L << (last + 1)) - 1;
    }

    static List<Integer> numbers(long set) {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 0; number <= MOST; number++) {
            if ((set >>> number & 1) != 0) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /** {@code chown,kill}, or {@code none}. */
    static String words(long set) {
        List<String> words = new ArrayList<>();
        numbers(set).forEach(number -> words.add(word(number)));
        return words.isEmpty() ? "none" : String.join(",", words);
    }
}
