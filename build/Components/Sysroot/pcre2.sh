# PCRE2: GLib's regular expressions.
# shellcheck shell=bash
# shellcheck disable=SC2154 # licenses: recipe.sh

# Its test and grep programs are half of the work and nobody runs them here.
no_programs=(bin_PROGRAMS= noinst_PROGRAMS=)

recipe_configure() {
    autotools_configure --enable-shared --disable-static --enable-jit --enable-unicode --disable-pcre2-16 --disable-pcre2-32
}

recipe_build() { make_build "${no_programs[@]}"; }

recipe_install() {
    make_install "${no_programs[@]}" install-libLTLIBRARIES install-includeHEADERS install-nodist_includeHEADERS \
        install-pkgconfigDATA
}

# LICENCE, since 10.45 LICENCE.md.
recipe_licenses() { install -m 644 "$QCW_SOURCE"/LICENCE* "$licenses"; }
