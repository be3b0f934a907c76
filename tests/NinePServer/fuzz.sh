#!/usr/bin/env bash
# Fuzzes QEMU's 9p server.
#
#   fuzz.sh QEMU FOLDER [SECONDS]   60 seconds unless said otherwise
#
# FOLDER keeps the program, the inputs that reach new code, and an input that crashes, if there is one: crash-…
# NINEP_MODEL is the security model of the share: mapped-file (default), none, mapped-xattr.
set -euo pipefail

if [[ $# -lt 2 || $# -gt 3 || ! ${3:-60} =~ ^[0-9]+$ ]]; then
    sed -n 's/^#   //p' "$0" >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
"$here/build.sh" fuzz "$1" "$2"
mkdir -p "$2/found"
"$here/make-corpus.py" "$2/corpus"
exec "$2/fuzz" -max_total_time="${3:-60}" -max_len=4096 -timeout=60 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$2/" "$2/found" "$2/corpus"
