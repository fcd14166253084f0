package org.emperor.http;

import java.io.IOException;
import java.io.OutputStream;

/** Where {@code /metrics} comes from; this package knows no metrics library. */
public interface MetricsPage {

    /** The content type for an {@code Accept} header, which may be empty. */
    String contentType(String accept);

    void write(String contentType, OutputStream out) throws IOException;
}
