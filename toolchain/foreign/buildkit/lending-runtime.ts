import { existsSync, readdirSync } from "node:fs";
import { chmod, copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ownProgram } from "../../roots/shipped.ts";
import { type Lent, LENT_FOLDER } from "./lend-trust.ts";

/** Where a machine keeps certificates of its own company, and all that it trusts; Debian's places and Red Hat's. */
const OWN = ["/usr/local/share/ca-certificates", "/etc/pki/ca-trust/source/anchors"];
const TRUSTED = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"];
const TRUSTED_BY_JAVA = ["/etc/ssl/certs/java/cacerts", "/etc/pki/java/cacerts"];
/** Variables by which programs find certificates. */
const VARIABLES = [
  "SSL_CERT_FILE",
  "CURL_CA_BUNDLE",
  "REQUESTS_CA_BUNDLE",
  "PIP_CERT",
  "NODE_EXTRA_CA_CERTS",
  "GIT_SSL_CAINFO",
  "CARGO_HTTP_CAINFO",
];

/**
 * The runtime of a build's steps, as a program in `folder`. Where this machine trusts certificates of its own, as behind a proxy of a company
 * that opens TLS, the steps trust them too while they run; nothing of it is in the image. Elsewhere it is `runc` itself.
 */
export async function lendingRuntime(folder: string, runc: string, own: readonly string[] = OWN): Promise<string> {
  const trusted = TRUSTED.find((file) => existsSync(file));
  const hasOwn = own.some((place) => existsSync(place) && readdirSync(place).length > 0);
  if (trusted === undefined || !hasOwn) return runc;
  await copyFile(trusted, join(folder, "trusted.crt")); // the machine's own may change, and is not the build's to write to
  const java = TRUSTED_BY_JAVA.find((file) => existsSync(file));
  if (java !== undefined) await copyFile(java, join(folder, "trusted.jks"));
  const lent: Lent = {
    files: {
      "trusted.crt": join(folder, "trusted.crt"),
      ...(java !== undefined && { "trusted.jks": join(folder, "trusted.jks") }),
    },
    variables: {
      ...Object.fromEntries(VARIABLES.map((name) => [name, `${LENT_FOLDER}/trusted.crt`])),
      ...(java !== undefined && { JAVA_TOOL_OPTIONS: `-Djavax.net.ssl.trustStore=${LENT_FOLDER}/trusted.jks` }),
    },
  };
  await writeFile(join(folder, "lent.json"), JSON.stringify(lent));
  const program = join(folder, "runc-lending-trust");
  const lend = [process.execPath, ownProgram("toolchain/foreign/buildkit/lend-trust"), join(folder, "lent.json")];
  await writeFile(
    program,
    `#!/bin/sh
case " $* " in *" run "*|*" create "*) ${lend.map(quoted).join(" ")} "$@" || exit ;; esac
exec ${quoted(runc)} "$@"
`,
  );
  await chmod(program, 0o755);
  return program;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
