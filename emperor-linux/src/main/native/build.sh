#!/bin/sh
# Builds the two native pieces: build.sh CORE_SOURCES OUTPUT. CC chooses the compiler (default cc).
set -eu
core=$1
out=$2
here=$(dirname "$0")
cc=${CC:-cc}
if ! command -v "$cc" >/dev/null 2>&1; then
    echo "cannot build the native pieces: no C compiler \"$cc\"; install gcc (Debian: apt-get install gcc libc6-dev) or set CC" >&2
    exit 1
fi
mkdir -p "$out"
newest=$(ls -t "$here"/*.[ch] "$here/build.sh" "$core"/*.[ch] | head -n 1)
if [ "$out/jail-init" -nt "$newest" ] && [ "$out/libemperor.so" -nt "$newest" ]; then
    exit 0
fi
warnings="-std=c11 -O2 -Wall -Wextra -Werror"
# shellcheck disable=SC2086
"$cc" $warnings -I"$core" -static -nostdlib -ffreestanding -fno-stack-protector -fno-asynchronous-unwind-tables \
    -fno-pie -no-pie -Wl,--build-id=none -Wl,-z,noseparate-code -s \
    "$here/jail-init.c" "$core/plan.c" "$core/run.c" "$core/init.c" -o "$out/jail-init.new"
# shellcheck disable=SC2086
"$cc" $warnings -D_GNU_SOURCE -fPIC -shared -fvisibility=hidden "$here/spawn.c" -o "$out/libemperor.so.new"
mv "$out/jail-init.new" "$out/jail-init"
mv "$out/libemperor.so.new" "$out/libemperor.so"
