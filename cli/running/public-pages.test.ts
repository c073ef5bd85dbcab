import assert from "node:assert/strict";
import { shopPlan } from "../../test/shop.ts";
import type { SystemPlan } from "../../model/plan.ts";
import { publicPages } from "./public-pages.ts";

const { entry, ...plan } = shopPlan();
const [first] = entry?.routes ?? [];
const pagesOn = (stage: SystemPlan["stage"], url: string, routes: readonly { path: string; host: string | null }[]) =>
  publicPages(
    {
      ...plan,
      stage,
      entry: entry && first ? { ...entry, routes: routes.map((route) => ({ ...first, ...route })) } : null,
    },
    url,
  );

describe("public pages", () => {
  const routes = [
    { path: "/orders", host: null },
    { path: "/orders", host: null },
    { path: "/", host: "admin" },
  ];

  it("are listed once each, under the host name they are for", () => {
    assert.deepEqual(pagesOn("dev", "http://127.0.0.1:8080", routes), [
      "http://127.0.0.1:8080/orders",
      "http://admin.shop.localhost:8080/",
    ]);
    assert.deepEqual(pagesOn("prod", "https://shop.example.com", routes), [
      "https://shop.example.com/orders",
      "https://admin-shop.example.com/",
    ]);
  });

  it("are none where nobody outside may ask", () =>
    assert.deepEqual(publicPages({ ...plan, entry: null }, "http://x"), []));
});
