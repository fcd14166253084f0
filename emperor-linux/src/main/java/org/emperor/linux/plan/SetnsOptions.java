package org.emperor.linux.plan;

import java.util.List;
import org.emperor.spec.Form;
import org.emperor.spec.Option;

/** The keys of namespaces that are given to others and taken from them; names and meaning as uWSGI's. */
final class SetnsOptions {
    private SetnsOptions() {}

    static List<Option> table() {
        Option skip = Option.list(
                "setns-socket-skip",
                Form.TEXT,
                "A namespace that setns-socket does not give away, by its name in /proc/self/ns.");
        return List.of(
                Option.once(
                        "setns",
                        Form.TEXT,
                        "",
                        "The setns-socket of another jail, of ours or of a real uWSGI, a path or @ and an abstract name."
                                + " Its namespaces are joined before anything else is done in the jail, user namespaces"
                                + " first; their words are taken out of clone. What that jail shares with the emperor is"
                                + " not joined, so that clone still counts for it. Nobody there, no answer within 10 s"
                                + " or one that makes no sense is a launch that failed. Hooks act on the mounts that are"
                                + " joined. emperor plan shows it as if all came but a user namespace."),
                Option.once(
                        "setns-socket",
                        Form.TEXT,
                        "",
                        "Where others can get the namespaces of this jail while it stands, in uWSGI's format: a path of"
                                + " the host, or @ and an abstract name at which only root is served. Real uWSGI's setns"
                                + " and ours join there. A socket that nobody listens on any more is replaced. Its user"
                                + " namespace is not given away, as by uWSGI."),
                Option.once("setns-socket-mode", Form.OCTAL, "0600", "The permissions of the socket's file, in octal."),
                Option.once(
                        "setns-socket-owner",
                        Form.TEXT,
                        "",
                        "UID or UID:GID, whose the socket's file is, by numbers of the host; root's if not given. At an"
                                + " abstract address that user is served beside root."),
                skip,
                skip.alsoAs("setns-skip"),
                Option.once(
                        "setns-socket-user",
                        Form.FLAG,
                        "false",
                        "Whether setns-socket gives the user namespace away too, as the first. Who joins the others"
                                + " alone has the rights of the host there."),
                Option.once(
                        "setns-preopen",
                        Form.FLAG,
                        "false",
                        "Whether setns-socket opens the namespaces once, when the jail stands, instead of for each"
                                + " client."));
    }
}
