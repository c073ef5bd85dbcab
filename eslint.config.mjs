import tseslint from "typescript-eslint";

/** Who may import whom, as docs/architecture.md says. Tests may import what they test. */
const MAY_IMPORT = {
  model: [],
  monitors: ["model"],
  runtime: ["model"],
  systems: ["model", "runtime"],
  components: ["model", "monitors"],
  policies: ["model"],
  toolchain: ["model"],
  experiments: ["model", "systems"],
  stacks: ["model", "systems", "monitors", "components", "toolchain"],
};
const LAYERS = [...Object.keys(MAY_IMPORT), "doors", "packaging", "cli", "test", "bench"];

const upwards = (folders) => `^(\\.\\.?/)+(${folders.join("|")})/`;
const banned = (regex, message) => ({ regex, message });

const NAMES = banned(
  "(^|/)(utils?|helpers?|common|types|constants|manager)(\\.ts|/)",
  "Name the file after its one job.",
);
const PULUMI = banned("^@pulumi/", "Only components/, stacks/ and policies/ know Pulumi.");

const layers = Object.entries(MAY_IMPORT).map(([layer, allowed]) => {
  const others = LAYERS.filter((folder) => folder !== layer && !allowed.includes(folder));
  const patterns = [NAMES, banned(upwards(others), `${layer}/ may import only ${["itself", ...allowed].join(", ")}.`)];
  if (!["components", "stacks", "policies", "monitors"].includes(layer)) patterns.push(PULUMI);
  if (layer === "model") patterns.push(banned("^node:", "The model is pure: no input, output or clock."));
  if (layer === "policies")
    patterns.push(
      banned(
        "/model/(?!names\\.ts|quantity\\.ts|aws-releases\\.ts|harmless/)",
        "Policies are a witness: they read names, quantities, calendars and how text is shown, never the plan.",
      ),
    );
  return {
    files: [`${layer}/**/*.ts`],
    ignores: ["**/*.test.ts"],
    rules: { "no-restricted-imports": ["error", { patterns }] },
  };
});

const platforms = [
  ["local", "aws"],
  ["aws", "local"],
].map(([side, other]) => ({
  files: [`components/${side}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          NAMES,
          banned(`(^|/)${other}/`, "The two platforms never import each other."),
          banned(
            upwards(["stacks", "toolchain", "cli", "policies", "runtime", "systems"]),
            "components/ may import only model and monitors.",
          ),
        ],
      },
    ],
  },
}));

/** What the command prints passes one place, which makes text from outside harmless. */
const PRINTS = [
  "CallExpression[callee.object.name='console']",
  "CallExpression[callee.property.name='write'][callee.object.property.name=/^std(out|err)$/]",
].map((selector) => ({ selector, message: "Print with cli/terminal/say.ts: it makes text from outside harmless." }));

export default tseslint.config(
  { ignores: ["node_modules/**", "dist/**", ".slipway/**", "**/*.mjs", "**/*.js"] },
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.recommended],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/no-unused-expressions": ["error", { allowShortCircuit: true }],
      "max-lines": ["error", 250],
      "max-lines-per-function": ["error", { max: 40, skipComments: true, skipBlankLines: true }],
    },
  },
  ...layers,
  ...platforms,
  {
    files: ["cli/**/*.ts"],
    ignores: ["cli/terminal/say.ts", "**/*.test.ts"],
    rules: { "no-restricted-syntax": ["error", ...PRINTS] },
  },
  { files: ["**/*.test.ts", "test/**", "bench/**"], rules: { "max-lines-per-function": "off" } },
);
