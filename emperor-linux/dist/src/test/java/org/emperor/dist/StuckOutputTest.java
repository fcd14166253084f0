package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A write(2) to a pipe copies from memory while it holds the pipe's lock, and a read(2), blocking or not, waits for that lock
 * (fs/pipe.c). Memory that does not come is that of a dead file system, or a hostile program's own.
 */
@Tag("kernel")
class StuckOutputTest {
    /** A page whose faults userfaultfd(2) leaves to the program. */
    private static final String PAGE = """
            import ctypes, fcntl, mmap, os, struct, sys, threading, time
            libc = ctypes.CDLL(None)
            number = {'x86_64': 323, 'aarch64': 282}[os.uname().machine]
            faults = libc.syscall(number, os.O_CLOEXEC)
            fcntl.ioctl(faults, 0xc018aa3f, struct.pack('QQQ', 0xaa, 0, 0))
            page = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
            address = ctypes.addressof(ctypes.c_char.from_buffer(page))
            fcntl.ioctl(faults, 0xc020aa00, struct.pack('QQQQ', address, 4096, 1, 0))
            """;

    /** When its file is there, it writes from a page that userfaultfd(2) keeps missing, behind bytes that call the reader. */
    private static final String HOG = PAGE + """
            while not os.path.exists(sys.argv[1]):
                time.sleep(0.05)
            libc.write(1, b'x', 1)
            libc.write(1, ctypes.c_void_p(address), 4096)
            """;

    /** Each page that it writes comes after a second and a half. */
    private static final String SLUGGARD = PAGE + """
            def feed():
                while True:
                    os.read(faults, 32)
                    time.sleep(1.5)
                    fcntl.ioctl(faults, 0xc020aa04, struct.pack('QQQq', address, 4096, 0, 0))
            threading.Thread(target=feed, daemon=True).start()
            while True:
                libc.write(1, b'x', 1)
                libc.write(1, ctypes.c_void_p(address), 4096)
                libc.madvise(ctypes.c_void_p(address), 4096, 4)
            """;

    @Test
    void programThatHoldsItsPipeHoldsUpNobodyElsesOutput() {
        Place place = new Place();
        Path hog = place.path().resolve("hog.py");
        place.write(hog, HOG);
        try (RunningEmperor emperor = RunningEmperor.in(place)) {
            emperor.drop("loud", "exec = /bin/sh -c 'while sleep 0.1; do echo again; done'");
            emperor.untilRunning("loud");
            Path go = place.path().resolve("go");
            emperor.drop("hog", "exec = /usr/bin/python3 " + hog + " " + go);
            emperor.untilRunning("hog");
            int pid = emperor.pid("hog");
            emperor.signal("STOP"); // or its reader might be there between the two writes
            place.write(go, "");
            Await.until("hog holds its pipe", () -> Host.text(pid, "wchan").contains("userfault"));
            emperor.signal("CONT");
            emperor.untilLogged("the output of vassal hog is not read any more", "incarnation=1");

            int written = place.output("loud").size();
            emperor.until("loud is heard", () -> place.output("loud").size() > written + 20);
            int threads = readers(emperor);
            emperor.dismiss("hog");
            emperor.until("the stuck thread has ended", () -> readers(emperor) < threads);
            assertEquals(1, readers(emperor));
            emperor.dismiss("loud");
            emperor.stop();
        }
    }

    @Test
    void programThatMakesEveryReadWaitIsGivenUpToo() {
        Place place = new Place();
        Path sluggard = place.path().resolve("sluggard.py");
        place.write(sluggard, SLUGGARD);
        try (RunningEmperor emperor = RunningEmperor.in(place)) {
            emperor.drop("sluggard", "exec = /usr/bin/python3 " + sluggard);
            emperor.untilLogged("the output of vassal sluggard is not read any more", "incarnation=1");
            emperor.dismiss("sluggard");
            assertEquals(1, readers(emperor));
            emperor.stop();
        }
    }

    private static int readers(RunningEmperor emperor) {
        return (int) Place.entries(Path.of("/proc/" + emperor.pid() + "/task")).stream()
                .filter(thread -> Host.file(Path.of("/proc/" + emperor.pid() + "/task/" + thread + "/comm"))
                        .startsWith("log-reader"))
                .count();
    }
}
