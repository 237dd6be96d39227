#!/usr/bin/env bash
# Runs the suite of test/e2e with the built plugin on a real cluster: that of KUBECONFIG when it is set, else the lab,
# which is started if it is not up. PODKIT_E2E_DOWN=1 removes the lab afterwards. Arguments go to `go test`.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ -z ${KUBECONFIG:-} ]]; then
	[[ ${PODKIT_E2E_DOWN:-} != 1 ]] || trap 'go run ./test/lab down' EXIT
	go run ./test/lab up >/dev/null
	KUBECONFIG=$(go run ./test/lab path kubeconfig)
	lab=$(mktemp -d)/lab
	go build -o "$lab" ./test/lab
	PATH=$(go run ./test/lab path binaries):$PATH
	export KUBECONFIG PODKIT_E2E_LAB=$lab
fi
PATH=$PWD/bin:$PATH go test -tags e2e ./test/e2e -count=1 -timeout 40m "$@"
