import type { System } from "../model/system.ts";
import { fishdelivery } from "./fishdelivery/system.ts";

/** Every system this repository describes. */
export const systems: readonly System[] = [fishdelivery];
