/** The native boundary: system calls, descriptors, epoll and inotify; JNR lives only here, JDK types go out. */
@NullMarked
package org.emperor.linux.sys;

import org.jspecify.annotations.NullMarked;
