package org.emperor.http;

/** One line of the route table. A GET route answers HEAD too. */
record Route(Method method, PathPattern path, Access access, Size size, Handler handler) {

    enum Method {
        GET
    }

    /** Who may use a route: so far every route only reads, and whoever can connect may. */
    enum Access {
        READ
    }

    /** Whether the reply grows with the number of vassals, so that it is made only when there is room for it. */
    enum Size {
        SMALL,
        LARGE
    }

    static Route read(String path, Handler handler) {
        return new Route(Method.GET, new PathPattern(path), Access.READ, Size.SMALL, handler);
    }

    static Route readLarge(String path, Handler handler) {
        return new Route(Method.GET, new PathPattern(path), Access.READ, Size.LARGE, handler);
    }
}
