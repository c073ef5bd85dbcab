import { type SystemPlan, planSystem } from "../../model/plan.ts";
import { STAGE } from "../../model/stage.ts";
import { shop } from "../shop.ts";

const { order, printer, ...others } = shop.services;

/** The shop with a store of every kind, one of them shared, and the numbers of production. */
export function shopOfStores(): SystemPlan {
  const plan = planSystem(
    {
      ...shop,
      stores: {
        ...shop.stores,
        goods: { kind: "postgres", keeps: "every write", extensions: ["pg_trgm"] },
        cart: { kind: "redis", keeps: "last hour" },
        views: { kind: "redis", keeps: "nothing" },
      },
      services: {
        ...others,
        order: { ...order, uses: { ...order.uses, goods: { may: "write" }, cart: { may: "write" } } },
        printer: {
          ...printer,
          uses: { goods: { may: "read", shared: "prints what is sold" }, views: { may: "write" } },
        },
      },
    },
    "prod",
  );
  return { ...plan, numbers: STAGE.prod };
}
