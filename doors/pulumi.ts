/** The door `slipway/pulumi`: a described system in somebody's own Pulumi program, and its components alone. */

export { deploy } from "../stacks/deploy.ts";
export { Gateway, type GatewayArgs } from "../components/alone/gateway.ts";
export { Microservice, type MicroserviceArgs } from "../components/alone/microservice.ts";
export type { Entrance, Place } from "../components/alone/place.ts";
