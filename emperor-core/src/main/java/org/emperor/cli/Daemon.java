package org.emperor.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.emperor.jail.Host;
import org.emperor.jail.HostSettings;
import org.emperor.jail.Platform;
import org.emperor.lang.IoReason;
import org.emperor.lang.Problem;
import org.emperor.log.FaultReport;
import org.emperor.log.LogCounters;
import org.emperor.log.LogQueue;
import org.emperor.log.LogReader;
import org.emperor.log.LogTarget;
import org.emperor.log.LogWriter;
import org.emperor.loop.Emperor;
import org.emperor.loop.Herald;
import org.emperor.loop.LogListener;
import org.emperor.loop.Mailbox;
import org.emperor.loop.RealmSnapshot;
import org.emperor.loop.Reign;
import org.emperor.loop.VassalView;
import org.emperor.monitor.ImperialMonitor;
import org.emperor.monitor.Sources;
import org.emperor.monitor.VassalFileReader;
import org.emperor.monitor.VassalReader;
import org.emperor.realm.RespawnPolicy;
import org.emperor.rehearsal.Rehearsal;
import org.emperor.spec.Identity;
import org.emperor.spec.VassalName;
import org.emperor.state.Neighbours;
import org.emperor.state.StateDirectory;
import org.emperor.state.StateRefusal;
import org.emperor.state.UidRangeFile;

/** The daemon: everything put together in the order in which one part needs another, and taken apart in the reverse. */
final class Daemon {
    private static final System.Logger LOG = System.getLogger("emperor");
    private static final Duration LAST_SCENE = Duration.ofSeconds(2);

    private final RunSettings settings;
    private final Platforms platforms;
    private final Platform platform;
    private final Identity self;

    Daemon(RunSettings settings, Platforms platforms) {
        this.settings = settings;
        this.platforms = platforms;
        this.platform = platforms.here();
        this.self = platform.accounts().self();
    }

    /** {@code emperor run}: reigns until told to end. */
    static int run(List<String> words) {
        Thread.setDefaultUncaughtExceptionHandler((thread, defect) ->
                LOG.log(Level.ERROR, "defect of the emperor, please report thread=" + thread.getName(), defect));
        try {
            RunArguments arguments = RunArguments.parse(words);
            if (arguments.help()) {
                System.out.print(RunOptions.help());
                return ExitCode.FINE;
            }
            RunSettings settings = SettingsReader.read(arguments, StandardPlaces.ofThisProcess());
            LineLoggerFinder.threshold(settings.logLevel());
            new Daemon(settings, Platforms.installed()).reign();
            return ExitCode.FINE;
        } catch (CommandFailure failure) {
            System.err.println(failure.text());
            return failure.exitCode();
        }
    }

    /** @throws CommandFailure if it cannot even begin */
    void reign() {
        reign(mailbox -> {});
    }

    /**
     * Reigns, open to commands of whoever called.
     *
     * @param opened is told once when the emperor handles signals and obeys commands, before its first scan
     * @throws CommandFailure if it cannot even begin
     */
    void reign(Consumer<Mailbox> opened) {
        try (StateDirectory state = StateDirectory.open(settings.state(), self.uid());
                UidRangeFile ranges = UidRangeFile.open(settings.data(), self.uid(), Neighbours.ofThisHost());
                Host host = open(new HostSettings(state.path(), state.realmId(), ranges))) {
            ranges.reports().forEach(report -> LOG.log(Level.WARNING, report));
            host.leftovers().forEach(line -> LOG.log(Level.WARNING, "ended what an earlier emperor left: " + line));
            reign(host, opened);
        } catch (StateRefusal refusal) {
            throw new CommandFailure(ExitCode.MISTAKE, String.valueOf(refusal.getMessage()), refusal);
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException("nobody interrupts the emperor", unexpected);
        }
    }

    private Host open(HostSettings host) {
        try {
            return platform.open(host);
        } catch (RuntimeException | LinkageError refusal) {
            throw new CommandFailure(ExitCode.HOST_REFUSED, "cannot reign here: " + refusal.getMessage(), refusal);
        }
    }

    private void reign(Host host, Consumer<Mailbox> opened) throws InterruptedException {
        LogCounters counters = new LogCounters();
        LogQueue queue = new LogQueue(counters);
        LogReader logReader = new LogReader(host.outputs(), queue, InstantSource.system());
        Mailbox mailbox = new Mailbox(host.backend()::wake);
        Herald herald = Herald.to(List.of(new LogListener(LOG)));
        Emperor emperor = new Emperor(host.backend(), mailbox, herald, terms(), host::now, InstantSource.system());
        LogWriter logWriter = logWriter(host, queue, counters, emperor);
        Front front = new Front(settings, self, emperor::snapshot, counters);
        SurveyPost post = new SurveyPost(mailbox);
        VassalReader vassals = new VassalReader(monitors(host), host.fileWatch(), host::now, survey -> {
            post.send(survey);
            if (survey.whole()) {
                front.open(post.wanted());
            }
        });
        LOG.log(
                Level.INFO,
                "reigning version=" + BuildVersion.text() + " state-dir=" + settings.state() + " vassals="
                        + String.join(",", settings.sources()) + " capacity="
                        + host.backend().capacity());
        opened.accept(mailbox);
        Worker writing = Worker.start("log-writer", logWriter, logWriter::stop);
        Worker logging = Worker.start("log-reader", logReader, logReader::stop);
        host.outputs().whenStuck(logging::replace);
        Worker reading = Worker.start("vassal-reader", vassals, vassals::stop);
        Rehearsal rehearsal = rehearsal(host, emperor);
        Thread rehearsing = new Thread(rehearsal, "rehearsal");
        rehearsing.setDaemon(true);
        rehearsing.start();
        try {
            emperor.run();
        } finally {
            rehearsal.stop();
            reading.end();
            rehearsing.join(LAST_SCENE.toMillis());
            front.close();
            herald.rest(2, TimeUnit.SECONDS);
            logging.end();
            writing.end();
        }
        LastWords.say(() -> LOG.log(Level.INFO, "the reign is over"));
    }

    private Rehearsal rehearsal(Host host, Emperor emperor) {
        return new Rehearsal(
                platforms.reader(platform, settings)::read,
                host::rehearse,
                settings.state().resolve("rehearsal"),
                () -> emperor.snapshot().emperor().turns(),
                host::settle);
    }

    private Reign terms() {
        long pid = ProcessHandle.current().pid();
        return new Reign(pid, BuildVersion.text(), Instant.now(), settings.sources(), RespawnPolicy.STANDARD);
    }

    private List<ImperialMonitor> monitors(Host host) {
        VassalFileReader reader = platforms.reader(platform, host.facts(), settings);
        List<Problem> wrong = settings.defaults().isEmpty() ? List.of() : reader.problemsOfAll();
        if (!wrong.isEmpty()) {
            String told = wrong.stream().map(Problem::toString).collect(Collectors.joining("\nemperor: "));
            throw new CommandFailure(ExitCode.MISTAKE, told);
        }
        Sources sources = new Sources(reader, host.fileWatch(), host::now, settings.rescan());
        try {
            return settings.sources().stream().map(sources::monitor).toList();
        } catch (IllegalArgumentException refusal) {
            throw new CommandFailure(ExitCode.MISTAKE, String.valueOf(refusal.getMessage()), refusal);
        }
    }

    private LogWriter logWriter(Host host, LogQueue queue, LogCounters counters, Emperor emperor) {
        LogTarget target = settings.logs()
                .map(directory -> LogTarget.directory(made(directory), host::now))
                .orElseGet(() -> LogTarget.stream(
                        Channels.newChannel(new FileOutputStream(FileDescriptor.err)), "standard error"));
        FaultReport report = new FaultReport(sentence -> LOG.log(Level.WARNING, sentence));
        return new LogWriter(
                queue, target, counters, report, host::now, InstantSource.system(), () -> names(emperor.snapshot()));
    }

    private static Set<VassalName> names(RealmSnapshot realm) {
        return realm.vassals().stream().map(VassalView::name).collect(Collectors.toSet());
    }

    private static Path made(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException refusal) {
            throw new CommandFailure(
                    ExitCode.MISTAKE, "cannot make log directory " + directory + ": " + IoReason.of(refusal), refusal);
        }
    }
}
