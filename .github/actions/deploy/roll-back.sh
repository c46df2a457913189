#!/usr/bin/env bash
# Puts the pods of the services back to the last commit that was deployed whole, and touches nothing else: neither network,
# stores nor what the failed commit added. The old program says so itself, so that state and cluster agree afterwards.
# Needs STACK and PULUMI_BACKEND_URL, a checkout with its history, and jq.
set -euo pipefail

previous=$(npx --no-install pulumi stack history --stack "$STACK" --json --page-size 100 |
  jq --raw-output 'map(select(.kind == "update" and .result == "succeeded" and ((.message // "") | test("^commit [0-9a-f]{40}$"))))
    | (.[0].message // "") | sub("^commit "; "")')
if [ -z "$previous" ]; then
  echo "::error::no deployment has succeeded before: nothing to go back to"
  exit 1
fi
if [ "$previous" = "$GITHUB_SHA" ]; then
  echo "this commit has been deployed whole before: going back would change nothing"
  exit 0
fi

echo "::warning::the services go back to $previous"
folder=$(mktemp -d)
git worktree add --quiet --detach "$folder" "$previous"
cd "$folder"
npm ci --no-audit --no-fund
service="urn:pulumi:$STACK::auterity::**PlatformService\$kubernetes:"
npx --no-install pulumi up --stack "$STACK" --yes --non-interactive --suppress-outputs \
  --target "${service}apps/v1:Deployment::*" \
  --target "${service}argoproj.io/v1alpha1:Rollout::*" \
  --policy-pack policy --policy-pack-config "policy/levels/$STACK.json" \
  --message "back to $previous after $GITHUB_SHA failed"
