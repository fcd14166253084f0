package org.emperor.http;

/** What answers a route; it reads snapshots and must not wait for anything. */
@FunctionalInterface
interface Handler {
    Reply answer(Call call);
}
