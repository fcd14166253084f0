package org.emperor.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the route of a request in the table, and the reply where there is none. */
final class Router {
    private final List<Route> routes;

    Router(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /**
     * The reply to a request.
     *
     * @param room whether a large reply may be made
     */
    Reply answer(String method, String path, String accept, boolean room) {
        Set<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<List<String>> captured = route.path().match(path);
            if (captured.isEmpty()) {
                continue;
            }
            Set<String> served = methods(route);
            if (served.contains(method)) {
                return room || route.size() == Route.Size.SMALL
                        ? route.handler().answer(new Call(captured.get(), accept))
                        : Reply.busy();
            }
            allowed.addAll(served);
        }
        if (allowed.isEmpty()) {
            return Reply.text(404, "nothing is here");
        }
        String list = String.join(", ", allowed);
        return Reply.text(405, "only " + list + " here", Map.of("Allow", list));
    }

    private static Set<String> methods(Route route) {
        return switch (route.method()) {
            case GET -> Set.of("GET", "HEAD");
        };
    }
}
