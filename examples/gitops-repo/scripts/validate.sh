#!/usr/bin/env bash
# What CI runs on a pull request: the same review that the bot gives.
set -euo pipefail
npx hydrant check --repo "$(git rev-parse --show-toplevel)" --base "origin/${1:-main}" --head HEAD
