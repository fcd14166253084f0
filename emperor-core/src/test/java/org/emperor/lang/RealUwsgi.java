package org.emperor.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real uWSGI, asked by {@code --show-config} what files mean to it. All cases are asked in one go, in a mount and a UTS
 * namespace where directory and host name are those of the corpus. An unknown {@code --clock} ends it after it has told.
 */
final class RealUwsgi {
    /** The least status that is not the program's own: timeout(1) begins here, and a signal at 128. */
    static final int KILLED = 124;

    private static final String PROGRAM = "uwsgi-core";

    private static final String ASK = """
            set -eu
            cd "$1"
            mount -t tmpfs none /srv
            mkdir /srv/vassals
            echo host.example >/proc/sys/kernel/hostname
            ask() {
                number=$1 format=$2 file=$3
                shift 3
                mount --bind "$number" /srv/vassals
                status=0
                (cd /srv/vassals && exec env -i "PATH=$PATH" "$@" timeout -s KILL 5 \\
                    uwsgi-core --show-config --clock none "--$format" "$file" </dev/null) \\
                    >"$number.out" 2>"$number.err" || status=$?
                echo "$status" >"$number.status"
                umount /srv/vassals
            }
            """;

    private static final Set<String> DIRECTIVES = Set.of(
            "set",
            "set-ph",
            "set-placeholder",
            "include",
            "ini",
            "xml",
            "yaml",
            "yml",
            "json",
            "js",
            "config",
            "inherit",
            "print",
            "iprint",
            "declare-option",
            "declare-option2",
            "blacklist",
            "end-blacklist",
            "whitelist",
            "end-whitelist",
            "strict",
            "exit",
            "resolve",
            "for",
            "end",
            "endif",
            "end-if",
            "endfor",
            "end-for",
            "ifexists",
            "ifdir",
            "ifenv",
            "show-config",
            "clock");

    /**
     * What it made of one case.
     *
     * @param settings as the corpus writes them; empty if it refused
     */
    record Answer(Optional<List<String>> settings, List<String> printed, int status, String said) {}

    private RealUwsgi() {}

    static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, PROGRAM)));
    }

    /** The answers, in the order of the cases. */
    static List<Answer> answers(List<CorpusCase> cases, Path scratch) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder(ASK);
        for (int number = 0; number < cases.size(); number++) {
            CorpusCase asked = cases.get(number);
            copy(asked, scratch.resolve(String.valueOf(number)));
            script.append("ask ").append(number).append(arguments(asked)).append('\n');
        }
        Path file = Files.writeString(scratch.resolve("ask"), script);
        Process process = new ProcessBuilder("unshare", "--mount", "--uts", "sh", file.toString(), scratch.toString())
                .inheritIO()
                .start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), "uWSGI does not end");
        assertEquals(0, process.exitValue());
        List<Answer> answers = new ArrayList<>();
        for (int number = 0; number < cases.size(); number++) {
            answers.add(answer(scratch, number));
        }
        return answers;
    }

    private static String arguments(CorpusCase asked) {
        String entry = asked.entry();
        StringBuilder arguments = new StringBuilder(" ").append(entry.substring(entry.lastIndexOf('.') + 1));
        String section = asked.section();
        arguments.append(' ').append(quoted(section.equals("vassal") ? entry : entry + ":" + section));
        asked.environment().forEach((name, value) -> arguments.append(' ').append(quoted(name + "=" + value)));
        return arguments.toString();
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static void copy(CorpusCase asked, Path to) throws IOException {
        Files.createDirectory(to);
        for (Path path : asked.files()) {
            Path from = asked.directory().resolve(path);
            if (Files.isDirectory(from) || Files.isSymbolicLink(from)) {
                Files.copy(from, to.resolve(path), LinkOption.NOFOLLOW_LINKS);
            } else {
                Files.write(to.resolve(path), renamed(Files.readAllBytes(from)));
            }
        }
    }

    /** Our section in uWSGI's name; byte by byte, because not every case is text. */
    private static byte[] renamed(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1)
                .replaceAll("(?m)^([ \t]*)\\[vassal\\]", "$1[uwsgi]")
                .replaceAll("(?m)^vassal:", "uwsgi:")
                .replaceAll("(</?)vassal\\b", "$1uwsgi")
                .replace("\"vassal\":", "\"uwsgi\":")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Answer answer(Path scratch, int number) throws IOException {
        String said = text(scratch.resolve(number + ".err"));
        int status = Integer.parseInt(text(scratch.resolve(number + ".status")).strip());
        String[] listing = said.split(";uWSGI instance configuration\n\\[uwsgi\\]\n|;end of configuration\n", -1);
        return new Answer(
                listing.length < 3 ? Optional.empty() : Optional.of(settings(listing[1])),
                text(scratch.resolve(number + ".out")).lines().toList(),
                status,
                said);
    }

    private static List<String> settings(String listing) {
        List<String> settings = new ArrayList<>();
        Set<String> macros = new HashSet<>();
        for (String line : listing.split("\n")) {
            int equals = line.indexOf(" = ");
            String key = (equals < 0 ? line : line.substring(0, equals)).replace('_', '-');
            String value = equals < 0 ? "" : line.substring(equals + 3);
            if (key.startsWith("declare-option")) {
                macros.add(value.substring(0, value.indexOf('=')));
            } else if (!isDirective(key)) {
                settings.add(CorpusCase.line(key, value));
            }
        }
        settings.removeIf(line -> macros.contains(line.substring(0, line.indexOf(" ="))));
        return settings;
    }

    private static boolean isDirective(String key) {
        return DIRECTIVES.contains(key) || key.startsWith("if-") || key.startsWith("for-");
    }

    /** Bytes that are no UTF-8 are somebody's memory, which is no setting of the corpus either. */
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
