#!/usr/bin/env bash
# Presses TAB in real shells, with the built plugin and the real kubectl, and pastes what podkit prints into them. Shells that are missing are installed (root on
# Debian); without a kubectl on the PATH the lab's is taken.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
for shell in zsh fish; do
	command -v "$shell" >/dev/null || missing+=("$shell")
done
[[ -e /usr/share/bash-completion/bash_completion ]] || missing+=(bash-completion)
if [[ ${#missing[@]} -gt 0 ]]; then
	if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
		echo "these shells are missing, install them first: ${missing[*]}" >&2
		exit 1
	fi
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
PATH=$PWD/bin:$PATH
command -v kubectl >/dev/null || PATH=$PATH:$(go run ./test/lab path binaries)
command -v kubectl >/dev/null || { echo "there is no kubectl; put one on the PATH, or build the lab's: make lab-up" >&2; exit 1; }
go test -tags shells ./test/shells -count=1 -timeout 15m "$@"
# What is printed to be pasted is pasted into each of them.
PODKIT_SHELLS=all go test -vet=off ./pkg/shellword ./test/paste -count=1 -timeout 30m
