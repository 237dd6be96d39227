#!/usr/bin/env bash
# Fuzzes every target of this module for FUZZTIME (10s) each, one after the other; TARGETS chooses by a regular expression on
# PACKAGE/NAME. What fails is written to the package's testdata/fuzz, where it is a test from then on. What was found on the
# way is kept in the cache, so that the next run goes on from there.
set -euo pipefail
cd "$(dirname "$0")/.."

fuzztime=${FUZZTIME:-10s}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/podkit/fuzz
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# PACKAGE/NAME, one a line.
mapfile -t targets < <(grep -rEo --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' cmd pkg test |
	sed -E 's|/[^/]+:func |/|' | sort | grep -E "${TARGETS:-.}")
[[ ${#targets[@]} -gt 0 ]] || { echo "no fuzz target is called ${TARGETS:-at all}" >&2; exit 1; }

failed=()
for target in "${targets[@]}"; do
	package=${target%/*} name=${target##*/}
	binary=$work/${package//\//_}.test
	# Built once a package, with the counters by which the fuzzer finds its way.
	[[ -x $binary ]] || go test -vet=off -c -fuzz=. -o "$binary" "./$package"
	echo "--- $target" >&2
	(cd "$package" && "$binary" -test.run='^NONE$' -test.fuzz="^$name\$" -test.fuzztime="$fuzztime" \
		-test.fuzzminimizetime=2s -test.fuzzcachedir="$cache/$package") || failed+=("$target")
done
if [[ ${#failed[@]} -gt 0 ]]; then
	echo "failed; see testdata/fuzz of the package, whose files are tests now:" "${failed[@]}" >&2
	exit 1
fi
echo "fuzzed ${#targets[@]} targets for $fuzztime each"
