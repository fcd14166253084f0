package org.emperor.http;

/** One line of the route table. A GET route answers HEAD too. */
record Route(Method method, PathPattern path, Access access, Handler handler) {

    enum Method {
        GET
    }

    /** Who may use a route: so far every route only reads, and whoever can connect may. */
    enum Access {
        READ
    }

    static Route read(String path, Handler handler) {
        return new Route(Method.GET, new PathPattern(path), Access.READ, handler);
    }
}
