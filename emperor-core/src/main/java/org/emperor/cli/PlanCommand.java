package org.emperor.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emperor.jail.HostFacts;
import org.emperor.jail.JailPlan;
import org.emperor.jail.PlanEncoder;
import org.emperor.jail.PlanRefusal;
import org.emperor.jail.Platform;
import org.emperor.jail.Seat;
import org.emperor.lang.Setting;
import org.emperor.monitor.VassalFileReader;
import org.emperor.spec.Identity;
import org.emperor.spec.SpecReader;
import org.emperor.spec.SpecResult;
import org.emperor.spec.UwsgiSettings;
import org.emperor.spec.VassalSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code emperor plan}: what counts for a vassal file, and every step that would build its jail. */
@Command(
        name = "plan",
        description =
                "Prints the settings that count for a vassal file, and the steps that build its jail, here or elsewhere.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "  0:the plan is printed",
            "100:the file is refused, or the one to export to cannot be written",
            "111:this host cannot build it"
        })
final class PlanCommand implements Callable<Integer> {
    private static final byte[] NOTHING = {};
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    @Parameters(paramLabel = "FILE", description = "The vassal file.")
    private Path file = Path.of("");

    @Option(
            names = "--platform",
            paramLabel = "NAME",
            completionCandidates = Platforms.Names.class,
            description = "The platform, this host's if not given; known here: ${COMPLETION-CANDIDATES}.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--state-dir", paramLabel = "DIR", description = "The state directory of the paths in the plan.")
    private Optional<Path> stateDir = Optional.empty();

    @Option(
            names = "--export",
            paramLabel = "OUT",
            description =
                    "Also writes the bytes that jail-init would receive to a new file. Nothing is masked in it, and"
                            + " only you can read it.")
    private Optional<Path> export = Optional.empty();

    @Mixin
    private InstanceOption instance = new InstanceOption();

    @Mixin
    private ReadAsDaemon daemon = new ReadAsDaemon();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Platforms platforms;

    PlanCommand() {
        this(Platforms.installed());
    }

    PlanCommand(Platforms platforms) {
        this.platforms = platforms;
    }

    @Override
    public Integer call() {
        Platform platform = name.map(platforms::named).orElseGet(platforms::here);
        if (export.isPresent() && !platform.isHere()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "cannot export a plan of " + platform.name() + ": its filters are made there");
        }
        if (export.filter(target -> target.toString().isEmpty()).isPresent()) {
            throw new CommandFailure(ExitCode.USAGE, "cannot export to \"\": it names no file");
        }
        RunSettings settings = daemon.settings(StandardPlaces.ofThisProcess());
        VassalFileReader reader = platforms.reader(platform, settings);
        SpecResult result = reader.read(file, instance.orExample());
        if (result instanceof SpecResult.Accepted accepted) {
            VassalSpec vassal = InstanceOption.of(file, accepted, instance.name());
            print(platform, vassal, platform.shown(vassal, reader.settings(file, vassal.name())));
            return ExitCode.FINE;
        }
        refuse((SpecResult.Refused) result, settings.uwsgi());
        return ExitCode.MISTAKE;
    }

    /** What a uWSGI vassal would run is known, though nothing can run it yet. */
    private void refuse(SpecResult.Refused refused, UwsgiSettings uwsgi) {
        if (SpecReader.isUwsgi(refused)) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(UwsgiText.of(file, uwsgi));
            out.flush();
        }
        PrintWriter err = spec.commandLine().getErr();
        refused.problems().forEach(problem -> err.println(Printable.of(problem.toString())));
        err.flush();
    }

    private void print(Platform platform, VassalSpec vassal, List<Setting> settings) {
        HostFacts facts = platform.isHere() ? platform.probe() : platform.usualFacts();
        Path state = stateDir.orElseGet(() -> StandardPlaces.ofThisProcess().state());
        Seat seat = Seat.preview(vassal.name(), state.toAbsolutePath());
        StringBuilder plan = new StringBuilder();
        byte[] bytes;
        try {
            JailPlan jail = platform.plan(vassal, facts, seat);
            bytes = export.isPresent() ? PlanEncoder.encode(jail) : NOTHING;
            plan.append(jail);
            platform.errands(vassal, facts, seat).forEach((when, errand) -> plan.append("# on the host ")
                    .append(when)
                    .append('\n')
                    .append(errand));
        } catch (PlanRefusal refusal) {
            throw new CommandFailure(
                    ExitCode.HOST_REFUSED,
                    "cannot plan the jail of vassal " + vassal.name() + ": " + refusal.getMessage(),
                    refusal);
        }
        export.ifPresent(target -> NewFile.write(target, bytes, OWNER_ONLY));
        PrintWriter out = spec.commandLine().getOut();
        out.print(header(platform, vassal, facts));
        out.print(SettingsText.of(settings));
        out.print(plan);
        out.flush();
    }

    private static String header(Platform platform, VassalSpec vassal, HostFacts facts) {
        Identity identity = vassal.identity();
        StringBuilder text = new StringBuilder();
        text.append("# vassal ").append(vassal.name()).append(" of ").append(Printable.of(vassal.file()));
        text.append("\n# runs as ").append(Printable.of(identity.user()));
        text.append(" uid=").append(identity.uid()).append(" gid=").append(identity.gid());
        text.append("\n# on ").append(platform.name());
        text.append(platform.isHere() ? ", as this host is" : ", as a usual host is")
                .append('\n');
        facts.facts().forEach((fact, value) -> text.append("#   ")
                .append(fact)
                .append(" = ")
                .append(Printable.of(value))
                .append('\n'));
        return text.toString();
    }
}
