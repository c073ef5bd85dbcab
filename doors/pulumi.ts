/** The door `slipway/pulumi`: a described system in somebody's own Pulumi program, and its components alone. */

export { deploy } from "../stacks/deploy.ts";
