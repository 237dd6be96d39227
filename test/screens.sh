#!/usr/bin/env bash
# Makes the pictures of docs/images anew, from real runs in a real terminal (tmux) against the cluster of KUBECONFIG, with
# broken pods of the gallery in a namespace of its own that is deleted in the end. PODKIT names the binary (default: bin's).
set -euo pipefail
cd "$(dirname "$0")/.."
kubectl=${KUBECTL:-kubectl}
namespace=podkit-screens
columns=100 lines=48
work=$(mktemp -d)
tmux() { command tmux -L podkit-screens -f /dev/null "$@"; }
cleanup() {
	tmux kill-server 2>/dev/null || true
	"$kubectl" delete namespace "$namespace" --wait=false >/dev/null 2>&1 || true
	rm -rf "$work"
}
trap cleanup EXIT

[[ -x ${PODKIT:=bin/kubectl-podkit} ]] || make --no-print-directory build
[[ -n ${PICTURE:-} ]] || go build -o "$work/picture" ./test/picture
"$kubectl" create namespace "$namespace" >/dev/null
for case in log-missing-env image-not-found oom-killed readiness-failing configmap-missing healthy-statefulset; do
	"$kubectl" apply -n "$namespace" -f "deploy/gallery/$case.yaml" >/dev/null
done

# settled waits until get shows the reasons that the pictures are about.
settled() {
	for _ in $(seq 60); do
		found=$("$PODKIT" get pods -n "$namespace" 2>/dev/null || true)
		if grep -q 'app-exit:' <<<"$found" && grep -q 'image-not-found:' <<<"$found" && grep -q 'oom-killed:' <<<"$found"; then
			return
		fi
		sleep 3
	done
	echo "the pods did not break as they should:" >&2
	echo "$found" >&2
	exit 1
}

# screen waits until the terminal shows a text.
screen() {
	for _ in $(seq 100); do
		if tmux capture-pane -p | grep -qF -- "$1"; then return; fi
		sleep 0.3
	done
	echo "the screen never showed: $1" >&2
	tmux capture-pane -p >&2
	exit 1
}

# shoot draws what the terminal shows now.
shoot() {
	tmux capture-pane -e -p | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' >"$work/screen"
	"${PICTURE:-$work/picture}" -title "$2" -columns "$columns" <"$work/screen" >"docs/images/$1.svg"
	echo "docs/images/$1.svg"
}

# begin starts podkit in a terminal whose history is empty.
begin() {
	tmux kill-server 2>/dev/null || true
	tmux new-session -d -x "$columns" -y "$lines" "PS1='\$ ' PODKIT_LANG=$1 TERM=tmux-256color bash --norc"
	screen '$'
	tmux send-keys "PATH=$path:\$PATH; export PATH KUBECONFIG=$KUBECONFIG; clear" Enter
	sleep 0.5
	tmux send-keys "kubectl podkit debug -n $namespace" Enter
}

path=$(dirname "$(realpath "$PODKIT")"):$(dirname "$(command -v "$kubectl")")
settled
mkdir -p docs/images
begin en
screen 'not well'
shoot picker 'kubectl podkit'
tmux send-keys Enter
screen 'Ctrl-C end'
screen 'What next?'
shoot debug 'kubectl podkit debug'
