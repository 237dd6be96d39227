#!/usr/bin/env bash
# The main job, on a real cluster: starts the lab if it is not up, deploys the tutorial's app, and walks through it.
set -euo pipefail
cd "$(dirname "$0")/.."

go run ./test/lab up >/dev/null
KUBECONFIG=$(go run ./test/lab path kubeconfig)
PATH=$PWD/bin:$(go run ./test/lab path binaries):$PATH
export KUBECONFIG PATH

kubectl apply -f deploy/demo/bootcamp-v1.yaml
kubectl rollout status deployment/bootcamp --timeout=120s
kubectl podkit debug deploy/bootcamp --yes --allow active
echo
echo "The cluster is still there: export KUBECONFIG=$KUBECONFIG; remove it with: make lab-down"
