#!/usr/bin/env bash
# Proves podkit on the gallery: every case of deploy/gallery on a real cluster, and what podkit says of it. Prints a table
# and fails on any difference. CASES='log-*' chooses some.
set -euo pipefail
cd "$(dirname "$0")/.."
PODKIT_GALLERY=${CASES:-} exec test/e2e.sh -run '^TestGallery$' -v
