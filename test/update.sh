#!/usr/bin/env bash
# Writes anew everything that is generated: golden files of tests, and the command reference in docs/.
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t packages < <(grep -rlE 'flag\.Bool\("update"|golden\.' --include='*_test.go' pkg test/docs test/script 2>/dev/null |
	xargs -r -n1 dirname | sort -u | sed 's|^|./|')
[[ ${#packages[@]} -gt 0 ]] || { echo "no test takes -update" >&2; exit 1; }
go test "${packages[@]}" -update
git status --short
