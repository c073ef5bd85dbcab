import { systems } from "../systems/index.ts";
import { deploy } from "./deploy.ts";
import { withoutTraces } from "./without-traces.ts";

withoutTraces();

/** Address of each system's public entry. */
export const urls = await deploy(...systems);
