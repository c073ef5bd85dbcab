/** Commands that work on this repository's own files; the package has none of them. */
export const ofRepository = {
  start: () => import("../start.ts").then((file) => file.start),
  new: () => import("../new.ts").then((file) => file.scaffold),
  generate: () => import("../generate.ts").then((file) => file.generate),
  test: () => import("../test.ts").then((file) => file.test),
  audit: () => import("../audit.ts").then((file) => file.audit),
};
