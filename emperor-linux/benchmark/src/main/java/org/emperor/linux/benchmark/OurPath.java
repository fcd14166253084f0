package org.emperor.linux.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emperor.jail.EventSink;
import org.emperor.jail.Host;
import org.emperor.jail.HostSettings;
import org.emperor.jail.IdRange;
import org.emperor.jail.Outputs;
import org.emperor.lang.HostSurroundings;
import org.emperor.linux.LinuxPlatform;
import org.emperor.realm.EventKind;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.VassalEvent;
import org.emperor.spec.OptionTable;
import org.emperor.spec.Options;
import org.emperor.spec.Signal;
import org.emperor.spec.SpecReader;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;

/**
 * Our side of the launch benchmark, a {@link Driver}'s process: the platform as the daemon opens it, and this thread in
 * the place of the loop. Arguments: state directory, root directory, no-op program. A line {@code N SHAPE INIT} is answered
 * by N lines with the time from the launch to the program's reap and to the end of dismantling.
 */
final class OurPath implements EventSink {
    private static final VassalName NAME = new VassalName("bench");

    private final Host host;
    private final SpecReader reader;
    private final Path root;
    private final Path program;
    private final Map<String, VassalSpec> specs = new HashMap<>();
    private IncarnationId current = new IncarnationId(NAME, 0);
    private long reaped;
    private boolean dismantled;

    private OurPath(Host host, Path root, Path program) {
        this.host = host;
        this.root = root;
        this.program = program;
        LinuxPlatform platform = new LinuxPlatform();
        reader = new SpecReader(
                new OptionTable(Options.portable(), platform.options(), Map.of()),
                platform.accounts(),
                List.of(),
                new HostSurroundings(() -> {
                    throw new IllegalStateException("no file here asks");
                }));
    }

    public static void main(String[] arguments) throws IOException {
        HostSettings settings =
                new HostSettings(Path.of(arguments[0]), realmId(), name -> new IdRange(0x10000000, 65536));
        try (Host host = new LinuxPlatform().open(settings)) {
            startReading(host.outputs());
            new OurPath(host, Path.of(arguments[1]), Path.of(arguments[2])).serve();
        }
        System.exit(0);
    }

    private static String realmId() {
        return String.format("%08x", ProcessHandle.current().pid());
    }

    /** The log reader of the daemon; without it no FIFO would ever be closed. */
    private static void startReading(Outputs outputs) {
        Outputs.Sink nowhere = new Outputs.Sink() {
            @Override
            public void bytes(IncarnationId incarnation, ByteBuffer bytes) {}

            @Override
            public void ended(IncarnationId incarnation) {}
        };
        Thread thread = new Thread(
                () -> {
                    while (true) {
                        outputs.await(nowhere);
                    }
                },
                "log reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        String order;
        while ((order = orders.readLine()) != null) {
            String[] words = order.split(" ", -1);
            VassalSpec spec = specs.computeIfAbsent(words[1] + " " + words[2], key -> spec(words[1], words[2]));
            StringBuilder answer = new StringBuilder();
            for (int left = Integer.parseInt(words[0]); left > 0; left--) {
                answer.append(launch(spec)).append('\n');
            }
            System.out.print(answer);
            System.out.flush();
        }
    }

    private VassalSpec spec(String shape, String init) {
        Shape wanted = Shape.valueOf(shape);
        String exec = wanted.hasRoot() ? "/no-op" : program.toString();
        String file = "[vassal]\nexec = " + exec + "\ninit = " + init + "\n" + wanted.settings(root);
        SpecResult result = reader.read(NAME, "bench.ini", file.getBytes(StandardCharsets.UTF_8));
        if (result instanceof SpecResult.Accepted accepted) {
            return accepted.spec();
        }
        throw new IllegalStateException(result.toString());
    }

    private String launch(VassalSpec spec) {
        current = new IncarnationId(NAME, current.number() + 1);
        dismantled = false;
        long begin = System.nanoTime();
        host.backend().launch(current, spec);
        while (!dismantled) {
            host.backend().await(Optional.empty(), this);
        }
        long end = System.nanoTime();
        return (reaped - begin) + " " + (end - begin);
    }

    @Override
    public void vassal(VassalEvent event) {
        if (event.kind() == EventKind.EXITED && event.status().equals(ExitStatus.exited(0))) {
            reaped = System.nanoTime();
            host.backend().dismantle(event.incarnation());
        } else if (event.kind() == EventKind.DISMANTLED) {
            dismantled = true;
        } else if (event.kind() != EventKind.LAUNCHED) {
            throw new IllegalStateException(event.toString());
        }
    }

    @Override
    public void signal(Signal signal, int senderPid, int senderUid) {
        System.exit(0);
    }

    @Override
    public void orphan(int pid, ExitStatus status) {}
}
