package org.emperor.linux.benchmark;

import java.io.IOException;

/** The benchmark. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
        try (Scratch scratch = Scratch.make();
                LaunchBenchmark launch =
                        new LaunchBenchmark(Programs.find(), scratch.directory(), JavaCommand.asDaemon())) {
            System.out.println(launch.run(Integer.parseInt(arguments[0])));
        }
    }
}
