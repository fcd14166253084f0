package org.emperor.monitor;

import org.emperor.jail.FileWatch;

/** A source of vassal files. One thread, the vassal reader's, uses it. */
public interface ImperialMonitor {

    /** As the operator gave it. */
    String source();

    /** Takes a note of the kernel into account for the next scan; tells whether it is about something of this source. */
    boolean hint(FileWatch.Note note);

    /** Looks at what hints or the time ask for, and tells what is different from the scan before. */
    Scan scan();
}
