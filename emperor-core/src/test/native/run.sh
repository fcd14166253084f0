#!/bin/sh
# Builds and runs the C tests: run.sh OUTPUT [FUZZ_SECONDS]. The fuzzer needs clang.
set -eu
out=$1
here=$(dirname "$0")
native=$here/../../main/native
mkdir -p "$out"
"${CC:-cc}" -std=c11 -g -O1 -Wall -Wextra -Werror -fsanitize=address,undefined -fno-sanitize-recover=all \
    "$here/plan-test.c" "$native/plan.c" "$native/run.c" -o "$out/plan-test"
"$out/plan-test"
if [ "${2:-0}" -gt 0 ]; then
    clang -std=c11 -g -O1 -Wall -Wextra -Werror -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
        "$here/plan-fuzz.c" "$native/plan.c" "$native/run.c" -o "$out/plan-fuzz"
    mkdir -p "$out/corpus"
    "$out/plan-fuzz" -max_total_time="$2" -max_len=4096 -print_final_stats=1 "$out/corpus"
fi
