package org.emperor.linux.plan;

import static org.emperor.linux.plan.MountAttribute.NODEV;
import static org.emperor.linux.plan.MountAttribute.NOEXEC;
import static org.emperor.linux.plan.MountAttribute.NOSUID;
import static org.emperor.linux.plan.MountAttribute.RDONLY;
import static org.emperor.linux.plan.MountSteps.MUST;

import java.util.ArrayList;
import java.util.List;
import org.emperor.spec.Identity;

/** Copies of secret files that only the program's user can read; what they hold passes neither the plan nor the emperor. */
final class CredentialsPart {
    private static final String PLACE = FileSystemSettings.CREDENTIALS_DIRECTORY;
    private static final long READ = 04000 | 0400 | 0x80000;
    private static final long WRITE_NEW = 1 | 0100 | 0200 | 0x80000;
    private static final int MOST = 1 << 30;

    private final StepList steps;
    private final MountSteps mounts;
    private final Identity identity;
    private final List<Credential> credentials;
    private final List<Held> sources = new ArrayList<>();

    CredentialsPart(StepList steps, MountSteps mounts, Identity identity, List<Credential> credentials) {
        this.steps = steps;
        this.mounts = mounts;
        this.identity = identity;
        this.credentials = credentials;
    }

    /** Without waiting for a writer, should one be a FIFO; of which sendfile(2) then makes no copy. */
    void openSources() {
        for (Credential credential : credentials) {
            sources.add(mounts.open(credential.source(), READ, "O_RDONLY|O_NOCTTY|O_NONBLOCK|O_CLOEXEC", MUST));
        }
    }

    void attach() {
        Held directory = mounts.fresh("tmpfs")
                .with("size", "1m")
                .with("mode", "0500")
                .ownedBy(identity.uid(), identity.gid())
                .withIfKnown("noswap") // 6.4, and not in a user namespace
                .mount(NOSUID, NODEV, NOEXEC);
        for (int i = 0; i < credentials.size(); i++) {
            copy(credentials.get(i), sources.get(i), directory);
        }
        mounts.restrict(directory, MUST, RDONLY);
        mounts.directory(PLACE);
        mounts.attach(directory, mounts.open(PLACE, MUST), MUST);
    }

    private void copy(Credential credential, Held source, Held directory) {
        String object = "copy " + credential.source() + " to credential " + credential.name();
        int step = steps.call(
                object,
                Call.OPENAT,
                directory.argument(),
                Argument.path(credential.name()),
                Argument.constant(WRITE_NEW, "O_WRONLY|O_CREAT|O_EXCL|O_CLOEXEC"),
                Argument.octal(0400));
        Held copy = new Held(step, credential.name());
        for (int i = 0; i < 2; i++) { // one that is too large stops half way, and fails the next time (sendfile(2))
            steps.call(
                    object, Call.SENDFILE, copy.argument(), source.argument(), Argument.none(), Argument.number(MOST));
        }
        steps.call(
                "give credential " + credential.name() + " to " + identity.user(),
                Call.FCHOWN,
                copy.argument(),
                Argument.number(identity.uid()),
                Argument.number(identity.gid()));
        steps.call(
                "close it", Call.CLOSE, copy.argument()); // what is open for writing keeps a mount from being read-only
    }
}
