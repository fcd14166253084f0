package org.emperor.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.emperor.jail.JailGone;
import org.emperor.jail.PlanRefusal;
import org.emperor.jail.Platform;
import org.emperor.jail.Visit;
import org.emperor.jail.VisitEnd;
import org.emperor.lang.IoReason;
import org.emperor.realm.IncarnationId;
import org.emperor.spec.Accounts;
import org.emperor.spec.Identity;
import org.emperor.state.StateDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code exec} and {@code shell} have in common: whose jail, as whom, and how it ends. */
@Command(
        exitCodeListHeading = "Exit codes are the command's own, 128 and the number of a signal that ended it, and:%n",
        exitCodeList = {
            "  3:the vassal has no jail now",
            "  4:no such vassal",
            "  5:no daemon answers",
            "111:the jail cannot be entered",
            "126:the command cannot be run",
            "127:there is no such command in the jail"
        })
final class VisitOptions {
    @Parameters(index = "0", paramLabel = "NAME", description = "The vassal.")
    private String name = "";

    @Option(
            names = "--user",
            paramLabel = "USER[:GROUP]",
            description = "Whom it runs as, by name on the host or number inside; as the vassal if not given.")
    private Optional<String> user = Optional.empty();

    @Option(names = "--unconfined", description = "Without the vassal's filter of system calls and its Landlock rules.")
    private boolean unconfined;

    @Option(names = "--state-dir", paramLabel = "DIR", description = "The daemon's state directory.")
    private Optional<Path> stateDir = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    private final Platforms platforms;

    VisitOptions(Platforms platforms) {
        this.platforms = platforms;
    }

    /**
     * @return the exit code of the command
     * @throws CommandFailure if nothing could be run
     */
    int run(List<String> argv, boolean terminal) {
        Platform platform = platforms.here();
        if (platform.accounts().self().uid() != 0) {
            throw new CommandFailure(ExitCode.HOST_REFUSED, "only root can enter the jail of a vassal; try sudo");
        }
        Path state = stateDir.orElseGet(() -> StandardPlaces.ofThisProcess().state());
        Standing standing = Standing.of(state);
        Standing.Vassal vassal = standing.named(name);
        if (vassal.pid() == 0) {
            throw notRunning(vassal);
        }
        Identity identity = user.map(text -> other(text, platform.accounts())).orElse(vassal.identity());
        Visit visit = new Visit(
                standing.emperor(),
                realmId(state),
                state.toAbsolutePath(),
                new IncarnationId(vassal.name(), vassal.incarnation()),
                vassal.pid(),
                argv,
                identity,
                user.isEmpty(),
                terminal,
                !unconfined);
        return enter(visit);
    }

    private int enter(Visit visit) {
        try {
            VisitEnd end = platforms.visits().enter(visit);
            if (!end.trouble().isEmpty()) {
                PrintWriter err = spec.commandLine().getErr();
                err.println("emperor: " + Printable.of(end.trouble()));
                err.flush();
            }
            return end.code();
        } catch (JailGone gone) {
            throw new CommandFailure(
                    ExitCode.NOT_AS_WANTED,
                    "vassal " + visit.incarnation().vassal() + " has no jail to enter: " + gone.getMessage()
                            + "; try again",
                    gone);
        } catch (PlanRefusal refusal) {
            String why =
                    "cannot enter the jail of vassal " + visit.incarnation().vassal() + ": " + refusal.getMessage();
            throw new CommandFailure(ExitCode.HOST_REFUSED, why, refusal);
        }
    }

    private static CommandFailure notRunning(Standing.Vassal vassal) {
        String reason = vassal.reason().isEmpty() ? "" : " (" + Printable.of(vassal.reason()) + ")";
        return new CommandFailure(
                ExitCode.NOT_AS_WANTED,
                "vassal " + vassal.name() + " has no jail to enter: it is " + vassal.state() + reason);
    }

    private static Identity other(String text, Accounts accounts) {
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        Identity identity = accounts.user(user).orElseThrow(() -> unknown("user", user));
        if (colon < 0) {
            return identity;
        }
        String group = text.substring(colon + 1);
        OptionalInt gid = accounts.group(group);
        int known = gid.orElseThrow(() -> unknown("group", group));
        return new Identity(identity.user(), identity.uid(), known, List.of(known), identity.home(), identity.shell());
    }

    private static CommandFailure unknown(String what, String name) {
        return new CommandFailure(ExitCode.MISTAKE, "no " + what + " \"" + Printable.of(name) + "\" on this host");
    }

    private static String realmId(Path state) {
        try {
            return StateDirectory.realmId(state.toRealPath());
        } catch (IOException gone) {
            throw new CommandFailure(ExitCode.NO_DAEMON, "no emperor in " + state + ": " + IoReason.of(gone), gone);
        }
    }
}
