package org.emperor.spec;

/** What an option is about: its place in the manual. */
public enum Group {
    PROGRAM("The program"),
    IDENTITY("Who it runs as"),
    LIMITS("Limits"),
    PRIORITY("Priority"),
    LIFE("Life"),
    RESTART("Restarts"),
    JAIL("Jails"),
    PRIVILEGES("Privileges"),
    NETWORK("The network of a jail"),
    CGROUP("Cgroups"),
    HOOKS("Hooks"),
    WAITING("Waiting before the start"),
    FILES("Files"),
    DAEMON("The daemon"),
    VASSALS("What counts for all vassals"),
    UWSGI("uWSGI vassals");

    private final String title;

    Group(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
