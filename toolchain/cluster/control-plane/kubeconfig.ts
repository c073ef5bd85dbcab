import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A kubeconfig (JSON is YAML) with the client certificate `user` of the folder `pki` inside it. */
export function kubeconfig(options: { pki: string; user: string; server: string; cluster: string }): string {
  const base64 = (file: string) => readFileSync(join(options.pki, file)).toString("base64");
  const name = `slipway-${options.cluster}`;
  return JSON.stringify(
    {
      apiVersion: "v1",
      kind: "Config",
      "current-context": name,
      clusters: [{ name, cluster: { server: options.server, "certificate-authority-data": base64("cluster-ca.crt") } }],
      users: [
        {
          name,
          user: {
            "client-certificate-data": base64(`${options.user}.crt`),
            "client-key-data": base64(`${options.user}.key`),
          },
        },
      ],
      contexts: [{ name, context: { cluster: name, user: name } }],
    },
    null,
    2,
  );
}
