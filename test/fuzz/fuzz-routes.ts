import assert from "node:assert/strict";
import fc from "fast-check";
import type { ListedRoute } from "../../runtime/http/route-list.ts";
import { hostileText } from "../hostile-input/values.ts";
import { offered, type Schema } from "./schema-values.ts";

/** Requests for each route; more find more. */
const RUNS = Number(process.env["SLIPWAY_FUZZ_RUNS"] ?? 30);

/** What of the inside no answer may show. */
const INSIDE = /\n\s+at |node:internal|\/(runtime|systems|node_modules)\/|ER_[A-Z_]+|SQLSTATE/;

interface Shot {
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Who sends it: a token for programs that read one, and what the entry says of the caller. */
interface Sender {
  readonly authorization: string | null;
  readonly caller: Readonly<Record<string, string>>;
}

/**
 * Sends each route what fits its schemas and what does not, and expects that it takes it or says no: no answer of 500 or more but a 503 that tells when to
 * try again, and none that shows the inside.
 */
export async function fuzzRoutes(
  address: string,
  routes: readonly ListedRoute[],
  { authorization, caller }: Sender,
): Promise<number> {
  let sent = 0;
  for (const route of routes) {
    const property = fc.asyncProperty(shots(route, { authorization, caller }), async (shot) => {
      sent++;
      await isAnswered(address, route, shot);
    });
    await fc.assert(property, { numRuns: RUNS, endOnFailure: true, includeErrorInReport: true });
  }
  return sent;
}

function shots({ path, method, schema }: ListedRoute, { authorization, caller }: Sender): fc.Arbitrary<Shot> {
  const { params, querystring, body } = schema as { params?: Schema; querystring?: Schema; body?: Schema };
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
  const values = fc.tuple(...named.map((name) => fc.oneof(fc.uuid(), offered(params?.properties?.[name] ?? {}))));
  return fc.record({
    path: values.map((all) => named.reduce((text, name, index) => text.replace(`:${name}`, inPath(all[index])), path)),
    query: querystring ? offered(querystring).map(queryOf) : fc.constant(""),
    headers: headers(authorization).map((sent) => ({ ...caller, ...sent })),
    body: body && method !== "GET" ? offered(body) : fc.constant(undefined),
  });
}

function headers(authorization: string | null): fc.Arbitrary<Record<string, string>> {
  const odd = hostileText.map((text) =>
    text
      .replaceAll(/[^\x20-\x7e]/g, "")
      .trim()
      .slice(0, 200),
  );
  const tokens = fc.oneof(
    odd.map((text) => `Bearer ${text}`),
    odd,
  );
  return fc.record(
    {
      authorization:
        authorization === null ? tokens : fc.oneof({ weight: 4, arbitrary: fc.constant(authorization) }, tokens),
      "idempotency-key": odd,
      "x-correlation-id": odd,
      "x-user-id": odd,
    },
    { requiredKeys: authorization === null ? [] : ["authorization"] },
  );
}

const text = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
/** As a client library writes it; a lone surrogate has no such form, and a dot is no place of its own. */
const inPath = (value: unknown): string =>
  encodeURIComponent(text(value).toWellFormed().slice(0, 500)).replaceAll(".", "%2E");

function queryOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return `?${encodeURIComponent(text(value).toWellFormed())}`;
  return `?${new URLSearchParams(Object.entries(value).map(([name, one]): [string, string] => [name, text(one)])).toString()}`;
}

async function isAnswered(
  address: string,
  { method }: ListedRoute,
  { path, query, headers: sent, body }: Shot,
): Promise<void> {
  const json = body === undefined ? {} : { "content-type": "application/json" };
  const answer = await fetch(`${address}${path}${query}`, {
    method,
    headers: { ...sent, ...json },
    signal: AbortSignal.timeout(10_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const said = await answer.text();
  const request = `${method} ${path}${query} ${JSON.stringify(body)?.slice(0, 500)} answered ${answer.status} ${said.slice(0, 500)}`;
  assert.ok(answer.status < 500 || (answer.status === 503 && answer.headers.has("retry-after")), request);
  assert.doesNotMatch(said, INSIDE, request);
  if (answer.status >= 400)
    assert.match(answer.headers.get("content-type") ?? "", /^application\/problem\+json/, request);
}
