package org.emperor.linux;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.emperor.linux.sys.ControlSocket;
import org.emperor.linux.sys.ControlSocket.Report;
import org.emperor.linux.sys.Epoll;

/** What jail-inits report until their programs run, each by the control socket of its launch. The loop's, but for {@link #listen}. */
final class Conversations {
    private final Epoll epoll;
    private final BiConsumer<Launch, Report> heard;
    private final Map<Integer, Launch> byDescriptor = new HashMap<>();

    /** @param heard is told each report, and may close the conversation */
    Conversations(Epoll epoll, BiConsumer<Launch, Report> heard) {
        this.epoll = epoll;
        this.heard = heard;
    }

    /**
     * On the launch thread: from now on a report wakes the loop.
     *
     * @throws org.emperor.linux.sys.SyscallException if it cannot be listened to
     */
    void listen(Launch launch) {
        synchronized (launch) {
            ControlSocket control = launch.control;
            if (control != null) { // or the loop has closed it already
                epoll.add(control.number());
            }
        }
    }

    /** The launch has returned: its reports find it. */
    void open(Launch launch) {
        ControlSocket control = launch.control;
        if (control != null) {
            byDescriptor.put(control.number(), launch);
        }
    }

    /** @return whether it is the descriptor of one of these */
    boolean read(int descriptor) {
        Launch launch = byDescriptor.get(descriptor);
        if (launch != null) {
            read(launch);
        }
        return launch != null;
    }

    /** All that was reported up to now. */
    void read(Launch launch) {
        while (launch.control != null) {
            Optional<Report> report = launch.control.receive();
            if (report.isEmpty()) {
                return;
            }
            heard.accept(launch, report.get());
        }
    }

    void close(Launch launch) {
        synchronized (launch) {
            if (launch.control != null) {
                byDescriptor.remove(launch.control.number());
                launch.control.close();
                launch.control = null;
            }
        }
    }

    void close() {
        List.copyOf(byDescriptor.values()).forEach(this::close);
    }
}
