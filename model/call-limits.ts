/** What one call may wait, in milliseconds (checklist item 2): less is shorter than a pause of the callee, more holds its caller up. */
export const TIMEOUT_MS = { min: 100, max: 2000 } as const;

/** The longest that a call may wait with a reason for it: load balancers and proxies keep a silent connection no longer. */
export const SLOW_MAX_MS = 600_000;
