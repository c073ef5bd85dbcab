import { defineCommand } from "citty";
import { isProject } from "../../toolchain/roots/project.ts";
import { SHIPPED } from "../../toolchain/roots/shipped.ts";

/** The `slipway` command, with a file for each of its own; none is loaded before it is asked for. */
export const main = defineCommand({
  meta: {
    name: "slipway",
    description: "Describe a microservice system once; declare, run and prove everything it needs.",
  },
  subCommands: {
    init: () => import("../initializing/init.ts").then((file) => file.init),
    up: () => import("../up.ts").then((file) => file.up),
    down: () => import("../down.ts").then((file) => file.down),
    status: () => import("../status.ts").then((file) => file.status),
    logs: () => import("../logs.ts").then((file) => file.logs),
    open: () => import("../open.ts").then((file) => file.open),
    silence: () => import("../silence.ts").then((file) => file.silence),
    secret: () => import("../secret.ts").then((file) => file.secret),
    token: () => import("../signing/token.ts").then((file) => file.token),
    preview: () => import("../preview.ts").then((file) => file.preview),
    check: () => import("../check.ts").then((file) => file.check),
    plan: () => import("../plan.ts").then((file) => file.plan),
    graph: () => import("../graph.ts").then((file) => file.graph),
    cluster: () => import("../cluster.ts").then((file) => file.cluster),
    pin: () => import("../pin.ts").then((file) => file.pin),
    prove: () => import("../proof/prove.ts").then((file) => file.prove),
    doctor: () => import("../doctor.ts").then((file) => file.doctor),
    env: () => import("../env.ts").then((file) => file.env),
    adopt: () => import("../adopt.ts").then((file) => file.adopt),
    ...(isProject(SHIPPED) ? (await import("../project/repository.ts")).ofRepository : {}),
  },
});
