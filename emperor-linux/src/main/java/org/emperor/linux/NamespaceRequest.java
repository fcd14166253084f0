package org.emperor.linux;

import java.util.List;
import org.emperor.linux.sys.Fd;
import org.emperor.linux.sys.JoinedNamespaces;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.NamespaceRefusal;
import org.emperor.linux.sys.NamespaceStream;
import org.emperor.linux.sys.SyscallException;
import org.emperor.realm.IncarnationId;

/** A launch that waits for the namespaces at an address; told of its end once, on the exchange's thread. */
final class NamespaceRequest {
    final IncarnationId id;
    private final String address;
    private final Answer answer;
    private final NamespaceStream stream;
    private final long deadline;

    /** Who is told how it went. */
    interface Answer {
        /** The namespaces are the receiver's to close. */
        void given(JoinedNamespaces namespaces);

        void refused(String why);
    }

    /** @param deadline by {@link System#nanoTime} */
    NamespaceRequest(IncarnationId id, String address, Answer answer, NamespaceStream stream, long deadline) {
        this.id = id;
        this.address = address;
        this.answer = answer;
        this.stream = stream;
        this.deadline = deadline;
    }

    int number() {
        return stream.number();
    }

    long left(long now) {
        return deadline - now;
    }

    /** Something has come. */
    void hear(Kernel kernel) {
        JoinedNamespaces namespaces;
        try {
            List<Fd> received = stream.receive();
            namespaces = JoinedNamespaces.of(kernel, received);
        } catch (NamespaceRefusal refusal) {
            refuse(String.valueOf(refusal.getMessage()));
            return;
        } catch (SyscallException failure) {
            refuse("gave what cannot be looked at: " + failure.getMessage());
            return;
        }
        stream.close();
        answer.given(namespaces);
    }

    void refuse(String why) {
        stream.close();
        answer.refused(refusal(address, why));
    }

    static String refusal(String address, String why) {
        return "step setns/1 get namespaces from " + address + ": its other end " + why;
    }
}
