#!/usr/bin/env bash
# Makes a release of the tag that HEAD has (publish), or rehearses one of HEAD offline (check): built twice for the same
# bytes, then installed, upgraded and removed by krew. TARGETS="linux/amd64 ..." rehearses some targets only.
set -euo pipefail
cd "$(dirname "$0")/.."
export GOWORK=off CGO_ENABLED=0

# The version that a rehearsal pretends to release, and the one before it.
version=v0.0.2 previous=v0.0.1

tools=${XDG_CACHE_HOME:-$HOME/.cache}/podkit/tools/$(sha256sum test/tools/release/go.mod | cut -c1-12)
PATH=$tools:$PATH

step() { echo "--- $* (after $SECONDS s)" >&2; }

build_tools() {
	local missing=() program
	for program in krew validate-krew-manifest cyclonedx-gomod goreleaser; do
		[[ -x $tools/$program ]] || missing+=("$program")
	done
	[[ ${#missing[@]} -gt 0 ]] || return 0
	step "building ${missing[*]} into $tools (minutes, once)"
	go -C test/tools/release build -trimpath -ldflags "-s -w" -o "$tools/" sigs.k8s.io/krew/cmd/krew \
		sigs.k8s.io/krew/cmd/validate-krew-manifest github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod \
		github.com/goreleaser/goreleaser/v2
}

# skips says what cannot be done here, and why.
skips() {
	if ! command -v cosign >/dev/null; then
		echo "not signed: there is no cosign here" >&2
	elif [[ -z ${ACTIONS_ID_TOKEN_REQUEST_URL:-} ]]; then
		echo "not signed: only the release workflow has an identity to sign with" >&2
	else
		return 0
	fi
	echo sign
}

publish() {
	local skipped
	skipped=$(skips)
	goreleaser release --clean ${skipped:+--skip=$skipped}
}

# rehearse builds a version of HEAD in a clone of its own, for some targets. What the clone's dist holds depends on the
# commit and the version alone.
rehearse() {
	local clone=$1 tag=$2 skipped=$3
	shift 3
	git clone --quiet --no-local "$source" "$clone"
	git -C "$clone" checkout --quiet --detach "$commit"
	git -C "$clone" -c tag.gpgSign=false tag "$tag"
	(
		cd "$clone"
		"$work/packaging" targets "$@" >"$clone.yaml"
		GORELEASER_CURRENT_TAG=$tag goreleaser release --clean --config "$clone.yaml" \
			--skip="publish,announce,$skipped" >"$clone.log" 2>&1 || { cat "$clone.log" >&2; exit 1; }
	)
}

# artifacts lists what would be published, with checksums.
artifacts() {
	(
		shopt -s nullglob
		cd "$1/dist" && sha256sum -- *.tar.gz *.zip *.deb *.rpm *.sbom.json checksums.txt CHANGELOG.md
	)
}

check() {
	local work source=. commit here skipped
	command -v kubectl >/dev/null || PATH=$PATH:$(go run -C test/lab . path binaries)
	command -v kubectl >/dev/null || { echo "there is no kubectl; put one on the PATH, or build the lab's: make lab-up" >&2; exit 1; }
	work=$(mktemp -d)
	# shellcheck disable=SC2064 # now, while it is known
	trap "rm -rf '$work'" EXIT
	here=$(go env GOOS)/$(go env GOARCH)
	read -ra targets <<<"${TARGETS:-linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64}"
	[[ " ${targets[*]} " == *" $here "* ]] || targets+=("$here")
	if ! git rev-parse HEAD >/dev/null 2>&1; then
		echo "note: this is no git repository; what is here is rehearsed as one commit" >&2
		source=$work/source
		git init --quiet "$source"
		tar --exclude=./.git --exclude=./bin --exclude=./dist -cf - . | tar -xf - --no-same-owner -C "$source"
		git -C "$source" add --all
		git -C "$source" -c user.name=rehearsal -c user.email=rehearsal@localhost commit --quiet --message "Rehearse this tree"
	fi
	commit=$(git -C "$source" rev-parse HEAD) # Which may move on while it is rehearsed.
	[[ -z $(git -C "$source" status --porcelain) ]] || echo "note: what is not committed is not rehearsed" >&2

	build_tools
	skipped=$(skips)
	goreleaser check .goreleaser.yaml
	go build -trimpath -o "$work/packaging" ./cmd/packaging
	step "building $version for ${targets[*]}"
	rehearse "$work/first" "$version" "$skipped" "${targets[@]}"
	step "building it again, elsewhere"
	rehearse "$work/elsewhere/second" "$version" "$skipped" "${targets[@]}"
	artifacts "$work/first" >"$work/first.sums"
	artifacts "$work/elsewhere/second" >"$work/second.sums"
	diff "$work/first.sums" "$work/second.sums" || { echo "the same commit gave other bytes" >&2; exit 1; }
	echo "the same bytes twice:" && cat "$work/first.sums"
	step "building $previous for $here"
	rehearse "$work/previous" "$previous" "$skipped" "$here"

	step "installing, upgrading and removing it with krew"
	PODKIT_RELEASES=$work/previous/dist:$work/first/dist PODKIT_TARGETS="${targets[*]}" PODKIT_PACKAGING=$work/packaging PODKIT_COMMIT=$commit \
		go test -tags release ./test/release -run 'TestKrew|TestArchives|TestPackages' -count=1 -v
	step "rehearsed"
}

case ${1:-} in
check) check ;;
publish) build_tools && publish ;;
*) echo "usage: $0 check|publish" >&2 && exit 2 ;;
esac
