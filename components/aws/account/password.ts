import type { Output, Resource } from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword.js";

/** 32 letters and digits: 190 bits, and no character that any client, address or shell would misread. */
const PASSWORD = { length: 32, special: false };

/** A password of one user of a store, made once. */
export function passwordOf(name: string, parent: Resource): Output<string> {
  return new RandomPassword(name, PASSWORD, { parent }).result;
}
