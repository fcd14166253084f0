package org.emperor.http;

import java.util.List;

/** A request that found its route: what the path's variables captured, and the {@code Accept} header or empty text. */
record Call(List<String> captured, String accept) {
    Call {
        captured = List.copyOf(captured);
    }
}
