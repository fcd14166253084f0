package org.emperor.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A network namespace in the host's place, held by a process of its own, so that no test changes the machine's network. */
final class OwnNetwork implements AutoCloseable {
    private final Place place;
    private final Process holder;

    OwnNetwork(Place place) {
        this.place = place;
        String script = place.probe("up:lo") + " && exec sleep 3600";
        try {
            holder = new ProcessBuilder("unshare", "--net", "sh", "-c", script).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until("the network namespace is there", () -> interfaces().equals(List.of("lo")) && isLoopbackUp());
    }

    /** The namespace of this test has interfaces too, but no process of its own. */
    private boolean isLoopbackUp() {
        return !Host.link(pid(), "ns/net")
                        .equals(Host.link((int) ProcessHandle.current().pid(), "ns/net"))
                && Host.text(pid(), "net/if_inet6").contains(" lo");
    }

    int pid() {
        return (int) holder.pid();
    }

    /** The interfaces in it, in alphabetical order. */
    List<String> interfaces() {
        return Host.text(pid(), "net/dev")
                .lines()
                .filter(line -> line.contains(":"))
                .map(line -> line.substring(0, line.indexOf(':')).strip())
                .sorted()
                .toList();
    }

    /** Where the kernel is clearing a namespace already, its wire is seen a moment longer than it can be removed. */
    void untilInterfaces(String... names) {
        Await.until("its interfaces are " + List.of(names), () -> interfaces().equals(List.of(names)));
    }

    void untilHostEnds(int count) {
        Await.until("there are " + count + " ends of jails", () -> hostEnds().size() == count);
    }

    /** The host ends of jails. */
    List<String> hostEnds() {
        return interfaces().stream().filter(name -> name.startsWith("ev")).toList();
    }

    /** Has the probe do something in it; what it said. */
    String probe(String... words) {
        return run(place.probe(words).split(" "));
    }

    String run(String... words) {
        List<String> command = new ArrayList<>(List.of("nsenter", "--net=/proc/" + pid() + "/ns/net"));
        command.addAll(List.of(words));
        return Host.run(command);
    }

    /** A sysctl of one of its interfaces. */
    String sysctl(String family, String link, String key) {
        return run("cat", "/proc/sys/net/" + family + "/conf/" + link + "/" + key)
                .strip();
    }

    @Override
    public void close() {
        holder.destroyForcibly();
        try {
            holder.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
