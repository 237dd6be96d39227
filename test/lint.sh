#!/usr/bin/env bash
# Formatting, vet and golangci-lint over both modules. The tools are built once for each version of their go.mod, into
# the cache, since building them takes minutes.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=${XDG_CACHE_HOME:-$HOME/.cache}/podkit/tools/$(sha256sum test/tools/go.mod | cut -c1-12)
if [[ ! -x $tools/golangci-lint || ! -x $tools/gofumpt ]]; then
	echo "building golangci-lint and gofumpt into $tools (a few minutes, once)" >&2
	GOWORK=off go -C test/tools build -trimpath -ldflags "-s -w" -o "$tools/" \
		github.com/golangci/golangci-lint/v2/cmd/golangci-lint mvdan.cc/gofumpt
fi

unformatted=$(git ls-files -z --cached --others --exclude-standard '*.go' | xargs -0 "$tools/gofumpt" -l)
if [[ -n $unformatted ]]; then
	echo "not formatted; run gofumpt -w on:" "$unformatted" >&2
	exit 1
fi
for module in . test/lab; do
	echo "golangci-lint: $module" >&2
	(cd "$module" && "$tools/golangci-lint" run --timeout 20m ./...)
done
echo "lint: ok"
