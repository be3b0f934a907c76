#!/usr/bin/env bash
# Says which of Debian's packages tools are from, on this machine or in a container: bash tool-packages.sh 'NAME|PATH|PACKAGE,PACKAGE...' ...
# A tool's packages are the one that has the file at its path, the one that has the file behind the links there, and those named; none
# where no package has the file. For each that is installed, a line: tool, package, version, architecture, sha256 of the .deb ("-" where
# no index of apt's has that version), and the distribution, with tabs between. Prints nothing where there is no dpkg.
set -euo pipefail
export LC_ALL=C
command -v dpkg-query >/dev/null || exit 0
distribution=$(sed -n -E 's/^ID="?([a-z0-9.-]+)"?$/\1/p' /etc/os-release)
native=$(dpkg --print-architecture)

# tool, path; where /bin is a link to /usr/bin, dpkg knows a file by one of the two names
paths=$(
    for question; do
        IFS='|' read -r tool path _ <<<"$question"
        for file in "$path" "$(realpath -- "$path")"; do
            printf '%s\t%s\n%s\t%s\n' "$tool" "$file" "$tool" "${file#/usr}"
        done
    done
)
# path, package
owners=$(cut -f2 <<<"$paths" | sort -u | { xargs dpkg-query --search 2>/dev/null || true; } \
    | sed -n -E 's/^([a-z0-9][a-z0-9.+-]*)(:[a-z0-9-]+)?: (.*)$/\3\t\1/p')
# tool, package
wanted=$(
    owned=$(awk -F'\t' 'NR == FNR { owner[$1] = $2; next } $2 in owner { print $1 "\t" owner[$2] }' <(echo "$owners") <(echo "$paths"))
    echo "$owned"
    for question; do
        IFS='|' read -r tool _ packages <<<"$question"
        if grep -q "^$tool"$'\t' <<<"$owned"; then
            tr , '\n' <<<"$packages" | sed -n "/./s|^|$tool\t|p"
        fi
    done
)
wanted=$(sort -u <<<"$wanted" | sed '/^$/d')
[[ $wanted ]] || exit 0
# package, version, architecture
# shellcheck disable=SC2016 # dpkg-query's own variables
installed=$(cut -f2 <<<"$wanted" | sort -u \
    | { xargs dpkg-query --show --showformat='${Package}\t${Version}\t${Architecture}\t${db:Status-Status}\n' 2>/dev/null || true; } \
    | awk -F'\t' -v native="$native" '$4 == "installed" && ($3 == native || $3 == "all")')
# an image has no lists of apt's any more, but what they said of its packages
known=/usr/share/qcw/packages.index
index=$(
    if [[ -f $known ]]; then cat "$known"; fi
    if command -v apt-cache >/dev/null; then
        cut -f1,2 --output-delimiter== <<<"$installed" | xargs apt-cache show 2>/dev/null || true
    fi
)
awk -F'\t' -v distribution="$distribution" '
    FILENAME == ARGV[1] {
        if ($0 == "") name = version = architecture = ""
        else if (match($0, /^Package: /)) name = substr($0, RLENGTH + 1)
        else if (match($0, /^Version: /)) version = substr($0, RLENGTH + 1)
        else if (match($0, /^Architecture: /)) architecture = substr($0, RLENGTH + 1)
        else if (match($0, /^SHA256: /)) {
            key = name "\t" version "\t" architecture
            sum = substr($0, RLENGTH + 1)
            # two archives with different files of one version: which was installed cannot be known
            if (key in sums && sums[key] != sum) sums[key] = "-"
            else sums[key] = sum
        }
        next
    }
    FILENAME == ARGV[2] { facts[$1] = $1 "\t" $2 "\t" $3; next }
    $2 in facts { print $1 "\t" facts[$2] "\t" (facts[$2] in sums ? sums[facts[$2]] : "-") "\t" distribution }
' <(echo "$index") <(echo "$installed") <(echo "$wanted")
