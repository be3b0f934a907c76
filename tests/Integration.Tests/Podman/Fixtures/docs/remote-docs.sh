#!/usr/bin/env bash
# remote-docs.sh windows TARGET SOURCE: converts the pages of the commands that $PODMAN has
set -eu

target=$2
source=$3

# convert PAGE, from its own source or from the one that its link names
convert() {
    local from=$source/$1.1.md
    [[ -f $from ]] || from=$source/$(sed 's,^\.so man1/,,' "$source/links/$1.1").md
    pandoc --standalone --lua-filter=docs/links-to-html.lua -o "$target/$1.html" "$from"
}

commands() {
    $PODMAN help "$@" | sed -n 's/^  \([a-z]*\)  .*/\1/p'
}

convert podman-remote
mv "$target/podman-remote.html" "$target/podman.html"
for command in $(commands); do
    convert "podman-$command"
    for below in $(commands "$command"); do
        convert "podman-$command-$below"
    done
done
cd docs/tutorials
pandoc --standalone --self-contained --metadata title=Windows -o "../../$target/podman-for-windows.html" podman-for-windows.md
