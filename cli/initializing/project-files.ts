import { installable } from "./installable.ts";

/** The program of a project: three lines, and whatever else its owner wants to stand beside them. */
export const PROGRAM = `import { deploy } from "slipway/pulumi";
import { system } from "./system.ts";

/** Address of the public entry. Resources of your own may stand beside: they are in the same stacks. */
export const urls = deploy(system);
`;

/** Everything that makes a folder a Pulumi project with the stacks dev and prod, but for the description. */
export function projectFiles(name: string): Readonly<Record<string, string>> {
  return {
    "index.ts": PROGRAM,
    "Pulumi.yaml": `name: ${name}
description: The system "${name}", described in system.ts
main: index.ts
runtime:
  name: nodejs
  options:
    # Node.js strips the types by itself: a preview starts seconds earlier. Without the line Pulumi compiles with ts-node, which works too.
    typescript: false
`,
    "Pulumi.dev.yaml": DEV(name),
    "Pulumi.prod.yaml": PROD(name),
    "package.json": `${JSON.stringify(installable(name), null, 2)}\n`,
    "tsconfig.json": `${JSON.stringify(COMPILER, null, 2)}\n`,
    ".gitignore": "node_modules/\n.slipway/\n",
  };
}

const DEV = (
  name: string,
) => `# Settings of dev. A stack may have any name: its stage says how much of everything it gets.
config:
  slipway:stage: dev
  # Name of the cluster that \`npx slipway up dev\` makes on this machine.
  slipway:cluster: ${name}
  # How closely the system is watched: off, standard, or lab, which looks often and rings early.
  # slipway:monitoring: standard
  # A cluster of your own instead, by its kubectl context, and a registry from which it may pull the images:
  # slipway:kubeContext: kind-shop
  # slipway:registry: registry.example.com/${name}
`;

const PROD = (
  name: string,
) => `# Facts of one AWS account; the values are examples, with which \`npx slipway preview prod\` plans without any account.
config:
  slipway:stage: prod
  # Systems that run here, by name. Nothing runs that is not named.
  slipway:system: ${name}
  aws:region: eu-central-1
  slipway:accountId: "111122223333"
  slipway:domain: ${name}.example.com
  slipway:alarmEmail: on-call@example.com
  slipway:costCenter: cc-1001
  slipway:mailUser: AKIAIOSFODNN7EXAMPLE
  slipway:heartbeat: https://hc-ping.example.com/${name}-prod
  # Findings that somebody answers for, each until a date.
  slipway:policy:
    exemptions:
      - rule: secrets-by-name
        resource: Role/*/*-gateway*
        reason: >-
          Traefik lists and watches the Secrets of every namespace whose routes it serves, and serves nothing before it has;
          resourceNames do not allow that. The role is of one system's namespace, and a gateway serves one system.
        owner: platform
        expires: 2027-11-30
`;

const COMPILER = {
  compilerOptions: {
    target: "es2022",
    module: "nodenext",
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    rewriteRelativeImportExtensions: true,
  },
  include: ["*.ts"],
};
