import Type from "typebox";
import { Details, Id } from "./events.ts";

const { customerName, fishName, qty } = Details.properties;

/** What order sends to payment, and what it relies on in a yes: payment checks the first, order the second. */
export const paymentContract = {
  request: Type.Object({ orderId: Id, customerName, fishName, qty }, { additionalProperties: false }),
  response: Type.Object({ paymentId: Id, orderId: Id, amount: Type.Integer({ minimum: 0, description: "won" }) }),
};
