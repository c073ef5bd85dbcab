import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { loadAll } from "js-yaml";
import { judged } from "../../../test/judged.ts";
import { judge } from "../../judging/judge.ts";
import { Graph } from "../../resources/graph.ts";
import { changed, type Edits } from "../../testing/case.ts";
import { ingressesAskWho, routesAskWho } from "./access.ts";

const SILENT: Edits = { 'HTTPRoute/order metadata.annotations["slipway.dev/open"]': undefined };
const filter = (name: string): Edits => ({
  "HTTPRoute/order spec.rules[0].filters[+]": { type: "ExtensionRef", extensionRef: { name } },
});
const object = (apiVersion: string, kind: string, name: string, rest: object): Edits => ({
  "+": [{ apiVersion, kind, metadata: { name, namespace: "shop" }, ...rest }],
});
const middleware = (name: string, spec: object): Edits => object("traefik.io/v1alpha1", "Middleware", name, { spec });

const findings = (...steps: readonly Edits[]): string[] =>
  judge(new Graph(changed(SILENT, ...steps)), [routesAskWho, ingressesAskWho], {
    tier: "standard",
    facts: {},
  }).findings.map(({ found }) => found);

describe("public routes", () => {
  const asking: readonly (readonly [how: string, steps: readonly Edits[]])[] = [
    ["the gateway asks a service", [middleware("who", { forwardAuth: { address: "http://id" } }), filter("who")]],
    ["the gateway knows passwords", [middleware("who", { basicAuth: { secret: "users" } }), filter("who")]],
    ["a plug-in checks tokens", [middleware("who", { plugin: { jwtMiddleware: {} } }), filter("who")]],
    [
      "a chain has a member that asks",
      [
        middleware("who", { basicAuth: { secret: "users" } }),
        middleware("all", { chain: { middlewares: [{ name: "rate" }, { name: "who" }] } }),
        filter("all"),
      ],
    ],
    [
      "a policy is attached to the gateway",
      [
        object("gateway.envoyproxy.io/v1alpha1", "SecurityPolicy", "who", {
          spec: { targetRefs: [{ kind: "Gateway", name: "entry" }], jwt: { providers: [] } },
        }),
      ],
    ],
    [
      "the load balancer asks before",
      [
        {
          "+": [
            {
              type: "aws:lb/listenerRule:ListenerRule",
              name: "shop",
              props: { actions: [{ type: "authenticate-oidc" }, { type: "forward" }] },
            },
          ],
        },
      ],
    ],
    ["it leads to health only", [{ "HTTPRoute/order spec.rules[0].matches[0].path.value": "/healthz" }]],
    ["it is between services of a mesh", [{ "HTTPRoute/order spec.parentRefs[0].kind": "Service" }]],
  ];
  for (const [how, steps] of asking)
    it(`are not open to everybody where ${how}`, () => assert.deepEqual(findings(...steps), []));

  it("are open to everybody with limits alone, and with an asker that no route names", () => {
    assert.deepEqual(findings(), ["everybody may call /orders"]);
    assert.deepEqual(findings(middleware("who", { basicAuth: { secret: "users" } })), ["everybody may call /orders"]);
    assert.deepEqual(findings(middleware("big", { buffering: {} }), filter("big")), ["everybody may call /orders"]);
  });

  it("fail the checklist's item of authentication in our own systems, until they ask or say that they are open", () => {
    for (const stage of ["dev", "prod"]) {
      const text = readFileSync(new URL(`../../../test/golden/fishdelivery.${stage}.yaml`, import.meta.url), "utf8");
      const report = judged(loadAll(text).filter(Boolean) as Parameters<typeof judged>[0], stage);
      assert.equal(report.items.find(({ number }) => number === 14)?.verdict, "failed", stage);
      const open = report.findings.filter(({ rule }) => rule === routesAskWho).map(({ found }) => found);
      assert.ok(
        open.some((found) => /everybody may call .*\/orders/.test(found)),
        open.join("; "),
      );
    }
  });
});
