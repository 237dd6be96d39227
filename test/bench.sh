#!/usr/bin/env bash
# Measures the built plugin beside kubectl, on a synthetic cluster on the loopback, and prints tables in Markdown. Without a
# kubectl on the PATH the lab's is taken. Arguments go to the program (-rounds 3).
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PWD/bin:$PATH
command -v kubectl >/dev/null || PATH=$PATH:$(go run ./test/lab path binaries)
command -v kubectl >/dev/null || { echo "there is no kubectl; put one on the PATH, or build the lab's: make lab-up" >&2; exit 1; }
go run ./test/bench "$@"
