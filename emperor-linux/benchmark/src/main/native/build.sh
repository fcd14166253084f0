#!/bin/sh
# Builds the programs that the benchmark runs: build.sh SYS_HEADERS OUTPUT. CC chooses the compiler (default cc).
set -eu
headers=$1
out=$2
here=$(dirname "$0")
cc=${CC:-cc}
if ! command -v "$cc" >/dev/null 2>&1; then
    echo "cannot build the benchmark's programs: no C compiler \"$cc\"; install gcc (Debian: apt-get install gcc libc6-dev) or set CC" >&2
    exit 1
fi
mkdir -p "$out"
newest=$(ls -t "$here"/*.[ch] "$here/build.sh" "$headers/sys.h" | head -n 1)
if [ "$out/built" -nt "$newest" ]; then
    exit 0
fi
flags="-std=c11 -O2 -Wall -Wextra -Werror -I$headers"
for program in no-op stamp; do
    # shellcheck disable=SC2086
    "$cc" $flags -static -nostdlib -ffreestanding -fno-stack-protector -fno-asynchronous-unwind-tables -fno-pie -no-pie \
        -Wl,--build-id=none -Wl,-z,noseparate-code -s "$here/$program.c" -o "$out/$program"
done
for program in raw-clone raw-reign cpu-time; do
    # shellcheck disable=SC2086
    "$cc" $flags -D_GNU_SOURCE -static "$here/$program.c" "$here/raw.c" -o "$out/$program"
done
: >"$out/built"
