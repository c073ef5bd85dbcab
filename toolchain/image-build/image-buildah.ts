import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheHome } from "../machine/cache-folders.ts";
import type { Step } from "../machine/progress.ts";
import { resolve } from "../tools/resolve.ts";
import { runProgram } from "../machine/run-program.ts";
import { withoutCredentials } from "../machine/without-credentials.ts";

/**
 * Runs buildah in a mount namespace of its own. There its unpacked package lies over /usr and /etc as if installed, and the
 * folder it would write to in /var/lib is ours; the machine sees none of this, and no mount stays behind however it ends.
 */
const script = `set -e
if [ -n "$UNPACKED" ]; then
  mount -t overlay -o "lowerdir=$UNPACKED/usr:/usr" overlay /usr
  mount -t overlay -o "lowerdir=$UNPACKED/etc:/etc" overlay /etc
fi
case "$HOME_FOLDER" in /var/lib/*) ;; *) mount --bind "$HOME_FOLDER/var-lib" /var/lib ;; esac
exec "$BUILDAH" --root "$HOME_FOLDER/storage" --runroot "$HOME_FOLDER/run" "$@"`;

/** Runs one buildah command on our own storage and returns what it printed. Only a push elsewhere needs `shell`, where the user is signed in. */
export async function buildah(
  args: readonly string[],
  step?: Step,
  shell: NodeJS.ProcessEnv = withoutCredentials(),
): Promise<string> {
  const program = await resolve("buildah");
  const unpacked = join(dirname(dirname(program)), "root");
  const fromPackages = existsSync(join(unpacked, "usr/bin/buildah"));
  const home = join(cacheHome(), "images");
  mkdirSync(join(home, "var-lib"), { recursive: true });
  const env = {
    ...shell,
    UNPACKED: fromPackages ? unpacked : "",
    BUILDAH: fromPackages ? "buildah" : program,
    HOME_FOLDER: home,
    BUILDAH_ISOLATION: "chroot", // needs neither a container runtime nor cgroups
    STORAGE_DRIVER: "overlay",
    CONTAINERS_CONF: "/dev/null", // the machine's own settings must not change what is built
    CONTAINERS_STORAGE_CONF: "/dev/null",
  };
  return await runProgram(
    "unshare",
    ["--mount", "--propagation", "private", "sh", "-c", script, "buildah", ...args],
    step === undefined ? { env } : { env, onLine: step.raw },
  );
}
