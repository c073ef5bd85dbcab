import type { Launched } from "./launched.ts";
import type { Pods } from "./pods.ts";
import type { Shop } from "./shop.ts";

/** A running fishdelivery and the ways in. */
export interface Running {
  readonly launched: Launched;
  readonly shop: Shop;
  readonly pods: Pods;
}
