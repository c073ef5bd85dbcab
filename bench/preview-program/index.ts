import { withoutTraces } from "../../stacks/without-traces.ts";
import { flat } from "./flat.ts";
import { throughComponents } from "./through-components.ts";

withoutTraces(); // as the program of this repository does
const file = process.env["BENCH_FLAT"];
if (file === undefined)
  throughComponents(Number(process.env["BENCH_SERVICES"] ?? "10"), Number(process.env["BENCH_SYSTEMS"] ?? "1"));
else flat(file);
