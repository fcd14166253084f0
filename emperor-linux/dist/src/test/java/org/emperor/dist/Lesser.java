package org.emperor.dist;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Emperors with fewer rights than who runs the tests, by setpriv(1). */
final class Lesser {
    private Lesser() {}

    /** From a copy of the tree, because a build may lie where nobody may look. */
    static RunningEmperor start(Place place, String... setpriv) {
        Path tree = place.path().resolve("emperor");
        Host.run(List.of("cp", "-r", Tree.path().toString(), tree.toString()));
        List<String> command = new ArrayList<>(List.of("setpriv"));
        command.addAll(List.of(setpriv));
        command.add(tree.resolve("bin/emperor").toString());
        return RunningEmperor.ready(RunningEmperor.launch(place, command));
    }
}
