import assert from "node:assert/strict";
import type { Running } from "./running.ts";

/** Proofs that what nobody needs is shut: rights, passwords, namespaces, routes. */
export function proveClosed(running: () => Running): void {
  /** One value of a Secret of the system, found by its labels. */
  const secret = async (labels: string, key: string): Promise<string> => {
    const encoded = await running().launched.kubectl(
      "get",
      "secrets",
      "-l",
      `app.kubernetes.io/${labels}`,
      "-o",
      `jsonpath={.items[0].data.${key}}`,
    );
    return Buffer.from(encoded, "base64").toString();
  };

  it("runs nothing that admission would not refuse: no root, no writable image", async () => {
    const { launched, pods } = running();
    await assert.rejects(
      launched.kubectl("run", "intruder", "--image=any", "--dry-run=server"),
      /violates PodSecurity "restricted:.*runAsNonRoot/s,
    );
    const [order = ""] = await pods.of("order");
    assert.notEqual(await pods.evaluate(order, "console.log(process.getuid())"), "0");
    assert.equal(
      await pods.evaluate(
        order,
        'try{require("fs").writeFileSync("/app/x","");console.log("written")}catch(e){console.log(e.code)}',
      ),
      "EROFS",
    );
  });

  it("gives a service no right to another one's tables, and none to change its own", async () => {
    const { launched } = running();
    const password = await secret("component=service,app.kubernetes.io/name=delivery", "DATABASE_PASSWORD");
    const asDelivery = (statement: string) =>
      launched.kubectl(
        "exec",
        "mariadb-0",
        "-c",
        "mariadb",
        "--",
        "mariadb",
        "-h127.0.0.1",
        "-udelivery",
        `-p${password}`,
        "-e",
        statement,
      );
    await asDelivery("SELECT COUNT(*) FROM delivery.deliveries");
    await assert.rejects(asDelivery("SELECT * FROM payment.payments"), /ERROR 1142|denied/);
    await assert.rejects(asDelivery("DROP TABLE delivery.deliveries"), /ERROR 1142|denied/);
  });

  it("shows no password: not in the state, not in a preview, not in a log", async () => {
    const { launched } = running();
    const passwords = [
      await secret("component=store,app.kubernetes.io/name=mariadb", "root-password"),
      await secret("component=service,app.kubernetes.io/name=order", "DATABASE_PASSWORD"),
    ];
    const preview = await launched.pulumi("preview", "-s", "dev", "--diff");
    const state = await launched.pulumi("stack", "export", "-s", "dev");
    const logs = await launched.kubectl(
      "logs",
      "-l",
      "app.kubernetes.io/managed-by=slipway",
      "--all-containers",
      "--tail=-1",
      "--max-log-requests=50",
      "--prefix",
    );
    for (const { output } of [preview, state, { output: logs }])
      assert.ok(
        output.length > 100 && passwords.every((password) => password.length >= 20 && !output.includes(password)),
      );
  });

  it("answers a query by label with everything that was declared, and keeps nothing in the default namespace", async () => {
    const { launched } = running();
    const kinds =
      "deployments,statefulsets,services,configmaps,secrets,persistentvolumeclaims,horizontalpodautoscalers,poddisruptionbudgets,networkpolicies";
    const names = async (...args: string[]) =>
      (await launched.kubectl("get", kinds, "-o", "name", ...args)).trim().split("\n").toSorted();
    const labelled = await names("-l", "app.kubernetes.io/part-of=fishdelivery,app.kubernetes.io/managed-by=slipway");
    assert.deepEqual(
      (await names()).filter((name) => !/configmap\/kube-root-ca\.crt$/.test(name)),
      labelled,
    );
    assert.deepEqual(
      (await names("-n", "default")).filter((name) => !/kube-root-ca\.crt$/.test(name)),
      ["service/kubernetes"],
    );
  });

  it("leads to nothing but the declared routes", async () => {
    const { shop } = running();
    for (const path of ["/faults", "/healthz/live", "/metrics", "/nothing"])
      assert.equal((await shop.send("GET", path)).status, 404, path);
  });
}
