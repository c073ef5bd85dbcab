import { withoutTraces } from "../../stacks/without-traces.ts";
import { flat } from "./flat.ts";
import { throughComponents } from "./through-components.ts";

withoutTraces(); // as the program of this repository does
const file = process.env["BENCH_FLAT"];
if (file === undefined) await throughComponents(Number(process.env["BENCH_SERVICES"] ?? "10"));
else flat(file);
