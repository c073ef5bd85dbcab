import { spawn } from "node:child_process";
import { requireRightPassphrase } from "../toolchain/passphrase.ts";
import { pulumiEnvironment } from "../toolchain/pulumi-environment.ts";
import { resolve } from "../toolchain/resolve.ts";
import { projectFolder } from "./project-folder.ts";

/** Runs the engine on this project with its own output shown; answers its exit code. */
export async function pulumi(args: readonly string[]): Promise<number> {
  const env = { ...process.env, ...(await pulumiEnvironment()) };
  await requireRightPassphrase(projectFolder, env);
  const child = spawn(await resolve("pulumi"), [...args], { cwd: projectFolder, env, stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (code) => done(code ?? 1));
  });
}
