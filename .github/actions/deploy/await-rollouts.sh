#!/usr/bin/env bash
# Waits for the outcome of blue-green releases: Pulumi has handed them over, Argo Rollouts carries them out. Succeeds when
# all are healthy, fails when one was taken back, or after so many minutes. Needs kubectl with access to the cluster, and jq.
set -euo pipefail
minutes=${1:-60}
interval=${AWAIT_INTERVAL_SECONDS:-15}

# Clusters without the kind have no such release.
if ! kubectl get crd rollouts.argoproj.io >/dev/null 2>&1; then
  echo "no blue-green releases in this cluster"
  exit 0
fi

# A status of an older generation is that of the release before.
states='.items[] | [.metadata.namespace + "/" + .metadata.name,
  (if ((.status.observedGeneration // "0") | tonumber) < .metadata.generation then "Pending" else (.status.phase // "Pending") end),
  (.status.message // "")] | @tsv'

deadline=$(($(date +%s) + minutes * 60))
before=""
while true; do
  # The API server may be away for a moment: that says nothing about the release.
  now=$(kubectl get rollouts.argoproj.io --all-namespaces --output json | jq --raw-output "$states") || now=$before
  if [ "$now" != "$before" ]; then
    printf '%s\n' "$now"
    before=$now
  fi
  if [ -n "$now" ] && cut -f2 <<<"$now" | grep --quiet --line-regexp Degraded; then
    echo "::error::a blue-green release was taken back: the old version serves"
    exit 1
  fi
  if ! cut -f2 <<<"$now" | grep --quiet --invert-match --line-regexp -e Healthy -e ''; then
    exit 0
  fi
  if [ "$(date +%s)" -ge "$deadline" ]; then
    echo "::error::no outcome of the blue-green releases after $minutes minutes"
    exit 1
  fi
  sleep "$interval"
done
