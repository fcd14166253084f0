package org.emperor.linux.plan;

import static org.emperor.linux.plan.MountAttribute.NODEV;
import static org.emperor.linux.plan.MountAttribute.NOEXEC;
import static org.emperor.linux.plan.MountAttribute.NOSUID;
import static org.emperor.linux.plan.MountAttribute.RDONLY;
import static org.emperor.linux.plan.MountSteps.IF_HELD;
import static org.emperor.linux.plan.MountSteps.IF_THERE;
import static org.emperor.linux.plan.MountSteps.MUST;

import java.util.List;
import org.emperor.spec.Identity;
import org.emperor.spec.VassalSpec;
import org.jspecify.annotations.Nullable;

/**
 * The files of the jail as its file and preset ask for them, in three turns: {@link #openSources} while the host's files
 * can still be opened, {@link #prepare} before the root changes, {@link #assemble} in the final root. Order within the
 * last: what is there becomes read-only, then the jail's own is put over it, then what the file names, then what names are
 * looked up with, then masks.
 */
final class FileSystemPart {
    private static final String RESOLVER = "/run/systemd/resolve";

    /** shadow(5), gshadow(5), and the copies that passwd(1) keeps of them. */
    private static final List<String> PASSWORDS =
            List.of("/etc/shadow", "/etc/shadow-", "/etc/gshadow", "/etc/gshadow-");

    private final StepList steps;
    private final MountSteps mounts;
    private final JailSettings jail;
    private final FileSystemSettings files;
    private final Identity identity;
    private final KernelFilesPart kernel;
    private final DevicesPart devices;
    private final RequestedMountsPart requested;
    private final CredentialsPart credentials;
    private final LookupPart lookup;
    private @Nullable Held resolver;

    FileSystemPart(
            StepList steps,
            VassalSpec spec,
            LinuxFacts facts,
            JailSettings jail,
            @Nullable IdMaps maps,
            MappedTrees trees,
            List<IpNetwork> addresses) {
        this.steps = steps;
        this.mounts = new MountSteps(steps);
        this.jail = jail;
        this.files = jail.files();
        this.identity = spec.identity();
        this.kernel = new KernelFilesPart(mounts, facts, jail);
        this.devices = new DevicesPart(steps, mounts, facts, jail, maps);
        this.requested = new RequestedMountsPart(mounts, files, identity, trees);
        this.credentials = new CredentialsPart(steps, mounts, identity, files.credentials());
        this.lookup = new LookupPart(
                steps,
                mounts,
                requested,
                jail.lookup(),
                LookupText.resolvConf(jail.lookup(), facts.names(), jail.isElsewhere()),
                LookupText.hosts(
                        jail.lookup(), jail.hostname().orElse(facts.names().hostname()), addresses));
    }

    /**
     * Before jail-init takes the ids of a user namespace: until then it is the host's root to what root owns, a secret of
     * mode 0600 or what lies in a directory of mode 0700. It is in the jail's mount namespace, so these are no ways out.
     */
    void openSources() {
        credentials.openSources();
        requested.openSources();
        if (files.privateDev()) {
            devices.openSources();
        }
        if (keepsResolver()) {
            resolver = mounts.open(RESOLVER, IF_THERE);
        }
    }

    void prepare() {
        requested.prepare();
        if (files.privateDev()) {
            devices.prepare();
        }
        if (resolver != null) {
            resolver = mounts.clone(resolver, IF_HELD);
            mounts.restrict(resolver, IF_HELD, RDONLY, NOSUID, NODEV, NOEXEC);
        }
        kernel.prepare();
    }

    /** Where the host's resolver keeps the file that /etc/resolv.conf links to. */
    private boolean keepsResolver() {
        return files.privateRun() && !jail.has(Namespace.NET) && !jail.hasOwnRoot();
    }

    void assemble() {
        steps.call("create with the modes given", Call.UMASK, Argument.octal(0));
        Held directory = jail.hooks().enters() ? mounts.open(".", MUST) : null;
        if (files.readOnly()) {
            jail.pivotRoot().ifPresent(roots -> mounts.detach("/" + roots.old())); // unless a hook has done it
        }
        kernel.holdProc();
        makeReadOnly();
        boolean isOverRoot = !(files.privateDev() && jail.hasOwnRoot());
        boolean looksUp = jail.lookup().isAny();
        MaskSteps masks = files.kernelMasks() || !files.masks().isEmpty() || looksUp
                ? new MaskSteps(mounts, isOverRoot, looksUp ? lookup : null)
                : null;
        kernel.attach(masks);
        if (files.privateDev()) {
            devices.attach(masks);
        }
        attachPrivate();
        requested.attach();
        if (masks != null) {
            lookup.attach(masks.tree());
            mask(masks);
        }
        if (!files.credentials().isEmpty()) {
            credentials.attach();
        }
        if (directory == null) {
            steps.call("enter /", Call.CHDIR, Argument.path("/"));
        } else {
            mounts.enter(directory);
        }
    }

    private void makeReadOnly() {
        if (files.readOnly() && files.privateDev()) {
            mounts.restrict("/", MUST, RDONLY, NOSUID, NODEV);
        } else if (files.readOnly()) {
            mounts.restrict("/", MUST, RDONLY, NOSUID);
        }
    }

    private void attachPrivate() {
        if (files.privateTmp()) {
            attachTmpfs("/tmp", "10%", "1777", 0, 0);
            attachTmpfs("/var/tmp", "10%", "1777", 0, 0);
        }
        if (files.privateRun()) {
            attachTmpfs("/run", "64m", "0755", identity.uid(), identity.gid());
        }
        if (resolver != null) {
            mounts.directory("/run/systemd");
            mounts.directory(RESOLVER);
            mounts.attach(resolver, mounts.open(RESOLVER, MUST), IF_HELD);
        }
    }

    /** A root of the tenant's that lacks the place needs none. */
    private void attachTmpfs(String path, String size, String mode, int uid, int gid) {
        List<Integer> tolerated = jail.hasOwnRoot() || path.equals("/var/tmp") ? IF_THERE : MUST;
        Held place = mounts.open(path, tolerated);
        mounts.where(place, tolerated, () -> {
            if (jail.entersUserNamespace()) { // which may end the right to enter it
                mounts.attach(mounts.tmpfs(size, mode, uid, gid), place, MUST);
            } else {
                String owner = uid == 0 && gid == 0 ? "" : ",uid=" + uid + ",gid=" + gid;
                mounts.enter(place);
                mounts.mountHere("tmpfs", ".", path, "size=" + size + ",mode=" + mode + owner, NOSUID, NODEV);
            }
        });
    }

    private void mask(MaskSteps masks) {
        masks.enter();
        if (files.kernelMasks()) {
            kernel.mask(masks);
        }
        if (jail.preset().masksPasswords() && !jail.hasOwnRoot()) {
            PASSWORDS.forEach(masks::file);
        }
        files.masks().forEach(masks::path);
        masks.done();
        if (files.kernelMasks()) {
            kernel.restrictProc();
        }
    }
}
