#!/usr/bin/env bash
# Records the demo anew: runs the shop of deploy/shop on the lab until it fails as it should, captures it, and removes it.
# KUBECONFIG, when it is set, names another cluster that knows the lab's images.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ -z ${KUBECONFIG:-} ]]; then
	go run ./test/lab up >/dev/null
	KUBECONFIG=$(go run ./test/lab path kubeconfig)
	PATH=$(go run ./test/lab path binaries):$PATH
	export KUBECONFIG
fi
PATH=$PWD/bin:$PATH
namespace=shop

# Somebody else's shop is not ours to delete.
if kubectl get namespace $namespace >/dev/null 2>&1 && [[ $(kubectl get namespace $namespace -o jsonpath='{.metadata.labels.podkit\.dev/demo}') != shop ]]; then
	echo "there is a namespace $namespace already, which is not the demo's; delete it first" >&2
	exit 1
fi
kubectl delete namespace $namespace --ignore-not-found
kubectl create namespace $namespace
kubectl label namespace $namespace podkit.dev/demo=shop
trap 'kubectl delete namespace $namespace --wait=false' EXIT
kubectl -n $namespace apply -f deploy/shop

# roots are the workloads and the root causes of their pods.
roots() {
	kubectl podkit diagnose -n $namespace -o 'jsonpath={range .targets[*]}{.object.name} {.rootCause.id}{"\n"}{end}' |
		sed -E 's/^(web|cart|worker|database)-[^ ]*/\1/' | sort -u
}
want=$'cart \ndatabase log-missing-env\nweb probe-http-status\nworker image-not-found'
for _ in $(seq 100); do
	found=$(roots)
	# A few restarts make the story clearer.
	restarts=$(kubectl -n $namespace get pod database-0 -o jsonpath='{.status.containerStatuses[0].restartCount}')
	[[ $found != "$want" || ${restarts:-0} -lt 3 ]] || break
	sleep 3
done
if [[ $found != "$want" ]]; then
	printf 'the shop fails otherwise than it should:\n%s\n' "$found" >&2
	exit 1
fi
kubectl podkit capture -n $namespace --allow active -o pkg/cli/demo/shop.podkit
chmod 644 pkg/cli/demo/shop.podkit
