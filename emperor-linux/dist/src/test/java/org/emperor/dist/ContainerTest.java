package org.emperor.dist;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.IsRunningStartupCheckStrategy;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * The emperor as the first process of an ordinary container: no extra rights, the engine's seccomp filter, read-only
 * cgroups. The image is an empty directory; programs come from this host, so that nothing is fetched.
 */
class ContainerTest extends FirstProcessContract {
    private static final List<Path> PROGRAMS = Stream.of("/usr", "/etc", "/bin", "/sbin", "/lib", "/lib64")
            .map(Path::of)
            .toList();

    static {
        // The library knows the command line client's variable only under a name that no shell can set.
        Optional.ofNullable(System.getenv("DOCKER_API_VERSION"))
                .ifPresent(version -> System.setProperty("api.version", version));
    }

    @BeforeEach
    void askForEngine() {
        assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "needs a container engine; scripts/with-engine starts one");
    }

    @Override
    FirstProcess start(List<String> words) {
        Stream<Path> ours = Stream.of(place, Tree.path(), Path.of(System.getProperty("java.home")));
        List<Bind> binds = Stream.concat(PROGRAMS.stream().filter(Files::exists), ours)
                .map(path -> Bind.parse(path + ":" + path + (path.equals(place) ? "" : ":ro")))
                .toList();
        GenericContainer<?> container = new GenericContainer<>(new ImageFromDockerfile()
                        .withDockerfileFromBuilder(file ->
                                file.from("scratch").label("what", "nothing").build()))
                .withEnv("JAVA_HOME", System.getProperty("java.home"))
                .withEnv("PATH", "/usr/bin:/bin")
                .withCommand(Stream.concat(Stream.of(Tree.launcher()), words.stream())
                        .toArray(String[]::new))
                .withNetworkMode("none")
                .withStartupCheckStrategy(new IsRunningStartupCheckStrategy().withTimeout(Duration.ofSeconds(30)))
                .withCreateContainerCmdModifier(create -> {
                    HostConfig host = create.getHostConfig();
                    if (host != null) {
                        host.withBinds(binds);
                    }
                });
        container.start();
        return new Contained(container);
    }

    private static DockerClient client() {
        return DockerClientFactory.instance().client();
    }

    private record Contained(GenericContainer<?> container) implements FirstProcess {

        @Override
        public long pid() {
            return Objects.requireNonNull(state().getPidLong());
        }

        @Override
        public int terminate() {
            client().stopContainerCmd(container.getContainerId())
                    .withTimeout(30)
                    .exec();
            return Objects.requireNonNull(state().getExitCodeLong()).intValue();
        }

        @Override
        public String output() {
            return container.getLogs();
        }

        @Override
        public void close() {
            container.stop();
        }

        private InspectContainerResponse.ContainerState state() {
            return client().inspectContainerCmd(container.getContainerId())
                    .exec()
                    .getState();
        }
    }
}
