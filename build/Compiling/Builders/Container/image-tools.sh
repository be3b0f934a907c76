#!/usr/bin/env bash
# Says which tools an image has, in a container of it: bash image-tools.sh 'NAME|COMMAND[,COMMAND...]|ARGUMENT...' ...
# For each that is there, a line: name, tab, full path, tab, the first line that the tool says of its version.
set -euo pipefail
for question; do
    IFS='|' read -r -a parts <<<"$question"
    IFS=',' read -r -a commands <<<"${parts[1]}"
    for command in "${commands[@]}"; do
        path=$(PATH=/usr/bin:/bin command -v -- "$command") || continue
        said=$({ "$path" "${parts[@]:2}" || true; } 2>&1 </dev/null | sed -n '/./{p;q}') || true
        printf '%s\t%s\t%s\n' "${parts[0]}" "$path" "$said"
        break
    done
done
