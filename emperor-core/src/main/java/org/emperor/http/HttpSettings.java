package org.emperor.http;

import java.nio.file.Path;
import java.util.Optional;
import org.emperor.spec.Identity;

/**
 * What the server needs to know.
 *
 * @param socket the UNIX domain socket, in a directory only the emperor's user can enter
 * @param tcp the loopback address, if any
 * @param self whom the emperor runs as, for {@code /stats}
 */
public record HttpSettings(Path socket, Optional<HttpAddress> tcp, Identity self, HttpLimits limits) {}
