"""Serves a page about what it sees from inside its jail, on loopback: server.py PORT."""

import html
import http.server
import json
import os
import socket
import sys

NAMESPACES = ("mnt", "net", "ipc", "uts", "pid", "user", "cgroup")


def seen():
    pids = sorted(int(name) for name in os.listdir("/proc") if name.isdigit())
    return {
        "hostname": socket.gethostname(),
        "pid": os.getpid(),
        "parent": os.getppid(),
        "uid": os.getuid(),
        "gid": os.getgid(),
        "groups": os.getgroups(),
        "processes": {pid: name_of(pid) for pid in pids},
        "interfaces": [name for _, name in socket.if_nameindex()],
        "namespaces": {name: os.readlink(f"/proc/self/ns/{name}") for name in NAMESPACES},
    }


def name_of(pid):
    try:
        with open(f"/proc/{pid}/comm", encoding="utf-8", errors="replace") as comm:
            return comm.read().strip()
    except OSError:
        return "gone"


def page(facts):
    rows = "".join(
        f"<tr><th>{html.escape(key)}<td>{html.escape(json.dumps(value))}" for key, value in facts.items()
    )
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><title>A jailed web server</title>"
        "<style>body{font:1rem/1.5 system-ui;max-width:52rem;margin:3rem auto;padding:0 1rem}"
        "th{text-align:left;padding-right:2rem;vertical-align:top}td{overflow-wrap:anywhere}</style>"
        "<h1>A jailed web server</h1><p>This is all that the program which answered you can see.</p>"
        f"<table>{rows}</table>"
    )


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/":
            self.answer("text/html; charset=utf-8", page(seen()))
        elif self.path == "/seen.json":
            self.answer("application/json", json.dumps(seen()))
        else:
            self.send_error(404)

    def answer(self, content_type, text):
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
