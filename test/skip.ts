/** Leaves out a suite from its `before`, or a test, and prints why at once: what only a hook knows is too late for a title. */
export function skip(context: Mocha.Context, reason: string): never {
  const left = context.test?.fullTitle().replace(/ "before \w+" hook.*$/, "");
  console.log(`skipped: ${left ?? "a suite"}: ${reason}`);
  return context.skip();
}

/** Whether this is the quick gate (`npm run check`), where nothing is started that takes seconds by itself. */
export const inQuickGate = process.env["SLIPWAY_ENGINE_TESTS"] === "0";

/** Leaves it out of the quick gate. */
export function skipInQuickGate(context: Mocha.Context, needs: string): void {
  if (inQuickGate) skip(context, `it needs ${needs}, which \`npm test\` brings`);
}
