package org.emperor.linux.plan;

import static org.emperor.linux.plan.MountAttribute.NODEV;
import static org.emperor.linux.plan.MountAttribute.NOSUID;
import static org.emperor.linux.plan.MountAttribute.RDONLY;
import static org.emperor.linux.plan.MountSteps.MUST;

import java.util.ArrayList;
import java.util.List;
import org.emperor.spec.Identity;

/** The mounts that a vassal file names: bind, bind-ro and tmpfs. */
final class RequestedMountsPart {
    private final MountSteps mounts;
    private final FileSystemSettings files;
    private final Identity identity;
    private final MappedTrees trees;
    private final List<Held> sources = new ArrayList<>();

    /** What was mounted where so far; later ones cover earlier ones. */
    private final List<Ground> grounds;

    /** @param own whether nothing is there but what this plan has put there */
    private record Ground(String path, boolean own) {}

    RequestedMountsPart(MountSteps mounts, FileSystemSettings files, Identity identity, MappedTrees trees) {
        this.trees = trees;
        this.mounts = mounts;
        this.files = files;
        this.identity = identity;
        this.grounds = grounds(files);
    }

    void openSources() {
        for (MountRequest request : files.mounts()) {
            if (request instanceof MountRequest.Bind bind) {
                sources.add(bind.mapped() ? trees.open(bind.source()) : mounts.open(bind.source(), MUST));
            }
        }
    }

    /** Clones before anything becomes read-only: what is bound writable stays so. */
    void prepare() {
        int next = 0;
        for (MountRequest request : files.mounts()) {
            if (request instanceof MountRequest.Bind bind) {
                Held tree = bind.mapped() ? sources.get(next) : mounts.clone(sources.get(next), MUST);
                mounts.restrict(tree, MUST, attributes(bind));
                sources.set(next++, tree);
            }
        }
    }

    private static MountAttribute[] attributes(MountRequest.Bind bind) {
        List<MountAttribute> attributes = new ArrayList<>(List.of(NOSUID));
        if (bind.readOnly()) {
            attributes.add(0, RDONLY);
        }
        if (!bind.isDevice()) {
            attributes.add(NODEV);
        }
        return attributes.toArray(MountAttribute[]::new);
    }

    void attach() {
        int next = 0;
        for (MountRequest request : files.mounts()) {
            String target = request.target();
            if (request instanceof MountRequest.Bind bind) {
                makeTarget(target, bind.file());
                mounts.attach(sources.get(next++), mounts.open(target, MUST), MUST);
            } else if (request instanceof MountRequest.Tmpfs wanted) {
                makeTarget(target, false);
                Held fresh = mounts.tmpfs(wanted.size(), wanted.mode(), identity.uid(), identity.gid());
                mounts.attach(fresh, mounts.open(target, MUST), MUST);
            }
            grounds.add(new Ground(target, request instanceof MountRequest.Tmpfs));
        }
    }

    private static List<Ground> grounds(FileSystemSettings files) {
        List<Ground> grounds = new ArrayList<>();
        grounds.add(new Ground("/tmp", files.privateTmp()));
        grounds.add(new Ground("/var/tmp", files.privateTmp()));
        grounds.add(new Ground("/run", files.privateRun()));
        grounds.add(new Ground("/dev", files.privateDev()));
        return grounds;
    }

    /** An empty file to mount something on, if there is nothing but what this plan has put there. */
    void makeFile(String target) {
        makeTarget(target, true);
    }

    /** Elsewhere nothing is made: it would stay on the host, or in what a tenant owns. */
    private void makeTarget(String target, boolean file) {
        int end = endOfOwnGround(target);
        if (end < 0) {
            return;
        }
        for (int slash = target.indexOf('/', end + 1); slash >= 0; slash = target.indexOf('/', slash + 1)) {
            mounts.directory(target.substring(0, slash));
        }
        if (file) {
            mounts.file(MountSteps.HERE, target, 0, MountSteps.IF_NEW);
        } else {
            mounts.directory(target);
        }
    }

    /** The length of the path of our own making in which the target lies; -1 if what lies there now is not ours. */
    private int endOfOwnGround(String target) {
        for (int i = grounds.size() - 1; i >= 0; i--) {
            Ground ground = grounds.get(i);
            if (target.startsWith(ground.path() + "/")) {
                return ground.own() ? ground.path().length() : -1;
            }
        }
        return -1;
    }
}
