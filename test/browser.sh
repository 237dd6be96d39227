#!/usr/bin/env bash
# Opens reports in headless Chromium: no console error, nothing that sticks out on a phone, both languages, light and dark.
# Installs Chromium with apt-get where it is missing (root on Debian). PODKIT_SCREENSHOTS keeps the screenshots, PODKIT_PAGES
# names more pages to open, separated by colons.
#
#   test/browser.sh                            the reports of the tests' own specimens
#   test/browser.sh picture NAMESPACE [POD]    writes docs/images/report.png: a diagnosis of the cluster that KUBECONFIG names
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v chromium >/dev/null; then
	echo "installing chromium" >&2
	apt-get update -q >/dev/null
	DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium fonts-noto-cjk >/dev/null
fi

if [[ ${1:-} != picture ]]; then
	exec go test -tags browser -count 1 -run Browser ./pkg/report/html
fi

: "${2:?the namespace to diagnose: test/browser.sh picture shop}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go run ./cmd/kubectl-podkit diagnose -n "${@:2}" --lang en --report "$work/report.html" >/dev/null
PODKIT_PAGES=$work/report.html PODKIT_PICTURE=$PWD/docs/images/report.png go test -tags browser -count 1 -run TestPicture ./pkg/report/html
ls -l docs/images/report.png
