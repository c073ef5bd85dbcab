import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { own } from "../../../model/harmless/own.ts";

/** What `docker login` left, as far as it matters here. */
interface DockerSettings {
  readonly auths?: Readonly<Record<string, { readonly auth?: string }>>;
  readonly credHelpers?: Readonly<Record<string, string>>;
  readonly credsStore?: string;
}

/** Value of an `Authorization` header for a registry the user is signed in at; undefined where they are not. */
export function credentialsOf(registry: string, settings: DockerSettings = dockerSettings()): string | undefined {
  const key = registry === "docker.io" ? "https://index.docker.io/v1/" : registry;
  const kept = own(settings.auths ?? {}, key)?.auth;
  if (kept) return `Basic ${kept}`;
  const keeper = own(settings.credHelpers ?? {}, key) ?? settings.credsStore;
  if (keeper === undefined || !/^[\w-]+$/.test(keeper)) return undefined;
  const { status, stdout } = spawnSync(`docker-credential-${keeper}`, ["get"], { input: key, encoding: "utf8" });
  if (status !== 0) return undefined;
  const { Username, Secret } = JSON.parse(stdout) as { Username: string; Secret: string };
  return `Basic ${Buffer.from(`${Username}:${Secret}`).toString("base64")}`;
}

function dockerSettings(): DockerSettings {
  const file = join(process.env["DOCKER_CONFIG"] ?? join(homedir(), ".docker"), "config.json");
  try {
    return JSON.parse(readFileSync(file, "utf8")) as DockerSettings;
  } catch {
    return {};
  }
}
