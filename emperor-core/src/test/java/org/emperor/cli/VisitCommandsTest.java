package org.emperor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.emperor.jail.Host;
import org.emperor.jail.HostFacts;
import org.emperor.jail.HostSettings;
import org.emperor.jail.JailGone;
import org.emperor.jail.JailPlan;
import org.emperor.jail.PlanRefusal;
import org.emperor.jail.Platform;
import org.emperor.jail.Seat;
import org.emperor.jail.Visit;
import org.emperor.jail.VisitEnd;
import org.emperor.jail.Visits;
import org.emperor.lang.Problem;
import org.emperor.spec.Accounts;
import org.emperor.spec.Identity;
import org.emperor.spec.Option;
import org.emperor.spec.VassalSpec;
import org.emperor.state.StateDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** exec, shell and ns against a daemon and a platform that only note what they are asked. */
@SuppressWarnings("try") // what is held open is not named again
class VisitCommandsTest {
    private static final int GONE = -2;
    private static final String REALM = """
            {"emperor":{"pid":50},"vassals":[
             {"name":"web","state":"running","reason":"","incarnation":3,"pid":77,"user":"www","uid":33,"gid":34,"groups":[34,35]},
             {"name":"ill","state":"waiting","reason":"a fault","incarnation":9,"pid":null,"user":"root","uid":0,"gid":0,"groups":[0]}]}
            """;

    @TempDir
    Path state;

    private final List<Visit> visits = new ArrayList<>();
    private VisitEnd end = new VisitEnd(0, "");
    private int self;

    private Ran run(Object command, String... words) {
        List<String> all = new ArrayList<>(List.of("--state-dir", state.toString()));
        all.addAll(List.of(words));
        CommandLine line = new CommandLine(command).setExecutionExceptionHandler(Commands::fail);
        return Ran.of(line, all.toArray(String[]::new));
    }

    private Ran exec(String... words) {
        return run(new ExecCommand(platforms()), words);
    }

    private Platforms platforms() {
        return new Platforms(List.of(new Noting()));
    }

    @Test
    void commandRunsAsTheVassalByTheNumbersOfTheDaemon() throws IOException {
        try (FakeDaemon daemon = FakeDaemon.answering(state, 200, REALM)) {
            end = new VisitEnd(7, "");
            Ran ran = exec("web", "--", "ls", "-l", "--user");

            assertEquals(new Ran(7, "", ""), ran);
            Visit visit = visits.get(0);
            assertEquals(List.of("ls", "-l", "--user"), visit.argv());
            assertEquals(50, visit.emperor());
            assertEquals(77, visit.pid());
            assertEquals("web.3", visit.incarnation().toString());
            assertEquals(StateDirectory.realmId(state.toRealPath()), visit.realmId());
            assertEquals(List.of(33, 34, List.of(34, 35)), ids(visit.identity()));
            assertTrue(visit.asVassal());
            assertTrue(!visit.terminal());
            assertTrue(visit.confined());
            assertEquals(state.toAbsolutePath(), visit.state());
        }
    }

    private static List<Object> ids(Identity identity) {
        return List.of(identity.uid(), identity.gid(), identity.groups());
    }

    @Test
    void anotherUserIsOneOfTheHosts() throws IOException {
        try (FakeDaemon daemon = FakeDaemon.answering(state, 200, REALM)) {
            exec("--user", "root", "web", "--", "id");
            exec("--user", "root:44", "web", "--", "id");

            assertEquals(List.of(0, 0, List.of(0)), ids(visits.get(0).identity()));
            assertEquals(List.of(0, 44, List.of(44)), ids(visits.get(1).identity()));
            assertTrue(!visits.get(0).asVassal());
            assertEquals(
                    ExitCode.MISTAKE,
                    exec("--user", "gremlin", "web", "--", "id").exitCode());
            assertEquals(2, visits.size());
        }
    }

    @Test
    void onlyWhoSaysSoIsNotConfined() throws IOException {
        try (FakeDaemon daemon = FakeDaemon.answering(state, 200, REALM)) {
            exec("--unconfined", "web", "--", "id");
            run(new ShellCommand(platforms()), "--unconfined", "web");
            run(new ShellCommand(platforms()), "web");

            assertEquals(
                    List.of(false, false, true),
                    visits.stream().map(Visit::confined).toList());
        }
    }

    @Test
    void jailThatHasEndedMeanwhileIsNoneToEnter() throws IOException {
        try (FakeDaemon daemon = FakeDaemon.answering(state, 200, REALM)) {
            end = new VisitEnd(GONE, "");
            Ran ran = exec("web", "--", "id");

            assertEquals(ExitCode.NOT_AS_WANTED, ran.exitCode());
            assertEquals(
                    "emperor: vassal web has no jail to enter: it has just ended; try again" + System.lineSeparator(),
                    ran.err());
        }
    }

    @Test
    void shellHasATerminalAndNeedsNoCommand() throws IOException {
        try (FakeDaemon daemon = FakeDaemon.answering(state, 200, REALM)) {
            assertEquals(
                    ExitCode.FINE, run(new ShellCommand(platforms()), "web").exitCode());
            assertTrue(visits.get(0).terminal());
            assertEquals(List.of(), visits.get(0).argv());
            assertEquals(ExitCode.USAGE, exec("web").exitCode(), "exec needs one");
        }
    }

    @Test
    void vassalWithoutAJailIsToldWithItsState() throws IOException {
        try (FakeDaemon daemon = FakeDaemon.answering(state, 200, REALM)) {
            Ran ran = exec("ill", "--", "id");
            assertEquals(ExitCode.NOT_AS_WANTED, ran.exitCode());
            assertTrue(ran.err().contains("vassal ill has no jail to enter: it is waiting (a fault)"), ran.err());
            assertEquals(ExitCode.UNKNOWN_VASSAL, exec("nobody", "--", "id").exitCode());
            assertEquals(List.of(), visits);
        }
    }

    @Test
    void onlyRootIsLetIn() throws IOException {
        self = 1000;
        try (FakeDaemon daemon = FakeDaemon.answering(state, 200, REALM)) {
            Ran ran = exec("web", "--", "id");
            assertEquals(ExitCode.HOST_REFUSED, ran.exitCode());
            assertTrue(ran.err().contains("only root can enter"), ran.err());
            assertEquals(List.of(), visits);
        }
    }

    @Test
    void whatTheHostRefusesIsASentenceAndNotTheCommandsExitCode() throws IOException {
        try (FakeDaemon daemon = FakeDaemon.answering(state, 200, REALM)) {
            end = new VisitEnd(-1, "");
            Ran ran = exec("web", "--", "id");
            assertEquals(ExitCode.HOST_REFUSED, ran.exitCode());
            assertTrue(ran.err().contains("cannot enter the jail of vassal web: no way in"), ran.err());
        }
    }

    @Test
    void troubleIsToldBesideTheExitCode() throws IOException {
        try (FakeDaemon daemon = FakeDaemon.answering(state, 200, REALM)) {
            end = new VisitEnd(137, "the jail has ended");
            assertEquals(
                    new Ran(137, "", "emperor: the jail has ended" + System.lineSeparator()), exec("web", "--", "x"));
        }
    }

    @Test
    void namespacesAreThoseOfTheDaemonsVassals() throws IOException {
        try (FakeDaemon daemon = FakeDaemon.answering(state, 200, REALM)) {
            assertEquals(
                    "NAME  PID  NET\nweb   77   77\nill   -    ?\n",
                    run(new NamespacesCommand(platforms())).out());
            assertEquals(
                    "NAME  PID  NET\nweb   77   77\n",
                    run(new NamespacesCommand(platforms()), "web").out());
            assertEquals(
                    ExitCode.UNKNOWN_VASSAL,
                    run(new NamespacesCommand(platforms()), "nobody").exitCode());
            assertTrue(run(new NamespacesCommand(platforms()), "--json").out().startsWith("{\"emperor\":{\"net\":50}"));
        }
    }

    @Test
    void withoutADaemonNothingIsEntered() throws IOException {
        assertEquals(ExitCode.NO_DAEMON, exec("web", "--", "id").exitCode());
        Files.createDirectories(state);
        try (FakeDaemon daemon = FakeDaemon.answering(state, 200, "{\"vassals\":[{}]}")) {
            assertEquals(ExitCode.NO_DAEMON, exec("web", "--", "id").exitCode());
        }
    }

    /** Everybody's net is as its pid. */
    private final class Noting implements Platform, Visits {
        private final PaperPlatform paper = new PaperPlatform("paper", true, "key");

        @Override
        public SortedMap<String, Long> namespaces(long pid) {
            return new TreeMap<>(java.util.Map.of("net", pid));
        }

        @Override
        public VisitEnd enter(Visit visit) {
            if (end.code() == GONE) {
                throw new JailGone(new IllegalStateException("no such process"));
            }
            if (end.code() < 0) {
                throw new PlanRefusal("no way in");
            }
            visits.add(visit);
            return end;
        }

        @Override
        public Optional<Visits> visits() {
            return Optional.of(this);
        }

        @Override
        public Accounts accounts() {
            return new Accounts() {
                @Override
                public Optional<Identity> user(String nameOrNumber) {
                    return paper.accounts().user(nameOrNumber);
                }

                @Override
                public OptionalInt group(String nameOrNumber) {
                    return OptionalInt.of(Integer.parseInt(nameOrNumber));
                }

                @Override
                public Identity self() {
                    return new Identity("self", self, self, List.of(self), "/", "/bin/sh");
                }
            };
        }

        @Override
        public String name() {
            return paper.name();
        }

        @Override
        public boolean isHere() {
            return true;
        }

        @Override
        public List<Option> options() {
            return paper.options();
        }

        @Override
        public List<Problem> check(VassalSpec spec, HostFacts facts) {
            return paper.check(spec, facts);
        }

        @Override
        public HostFacts usualFacts() {
            return paper.usualFacts();
        }

        @Override
        public HostFacts probe() {
            return paper.probe();
        }

        @Override
        public JailPlan plan(VassalSpec spec, HostFacts facts, Seat seat) {
            return paper.plan(spec, facts, seat);
        }

        @Override
        public Host open(HostSettings settings) {
            return paper.open(settings);
        }
    }
}
