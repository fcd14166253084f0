package org.emperor.linux.plan;

import java.util.Optional;

/** Namespaces that a vassal gives away and takes from others, as its file says. */
record SetnsSettings(Optional<String> join, Optional<NamespaceOffer> offer) {
    static final SetnsSettings NONE = new SetnsSettings(Optional.empty(), Optional.empty());
}
