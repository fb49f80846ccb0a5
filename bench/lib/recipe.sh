#!/bin/sh
# The guide's recipe on one checkout: every overlay, each tool a process of its own, as many
# overlays at once as JOBS says. It stops at the first overlay that fails.
#   JOBS=2 sh recipe.sh PEERS SCHEMAS VERSION POLICIES CHECKOUT <overlays
export PEERS="$1" SCHEMAS="$2" VERSION="$3" POLICIES="$4" CHECKOUT="$5"
# kubeconform skips files that are not named *.yaml, so the manifests come to it by stdin.
exec xargs -P "$JOBS" -n 1 sh -c '
  manifests="$(mktemp)" && trap "rm -f \"$manifests\"" EXIT &&
  "$PEERS/kustomize" build "$CHECKOUT/$0" >"$manifests" &&
  "$PEERS/kubeconform" -strict -kubernetes-version "$VERSION" -schema-location "$SCHEMAS" - <"$manifests" &&
  "$PEERS/conftest" test -p "$POLICIES" - <"$manifests" || exit 255
'
