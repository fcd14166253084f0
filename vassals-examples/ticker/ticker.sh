#!/bin/sh
# Ticks once a second and tells what it sees.
tick=0
while :; do
    tick=$((tick + 1))
    interfaces=$(sed -n 's/^ *\([^:|]*\):.*/\1/p' /proc/net/dev | tr '\n' ' ')
    echo "tick $tick: host $(hostname), pid $$ of parent $PPID, interfaces: $interfaces"
    sleep 1
done
