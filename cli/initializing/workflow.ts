/** What a pull request would change, planned without any account: no job has a role, a secret or a right to write. */
export function workflowText(folder: string): string {
  return `# What a pull request would change in production, planned without any account. It needs no secret, so that forks have it too.
name: slipway
on:
  pull_request:

permissions:
  contents: read

jobs:
  preview:
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    defaults:
      run:
        working-directory: ${folder}
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          persist-credentials: false
      - uses: actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0
        with:
          node-version: 24
      - run: npm ci --ignore-scripts
      - run: npx slipway preview prod --markdown plan.md
      - if: always()
        run: if [ -f plan.md ]; then cat plan.md >> "$GITHUB_STEP_SUMMARY"; fi
`;
}
