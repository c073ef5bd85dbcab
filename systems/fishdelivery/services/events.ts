import Type, { type Static } from "typebox";

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

/** Characters of a reason, in events and in the columns that keep it. */
export const REASON_LENGTH = 300;

/** An identifier: at most the 36 characters of a UUID. */
export const Id = text(36);

/** What the customer asked for; carried by events so that no consumer has to call the producer back. */
export const Details = Type.Object({
  customerName: text(100),
  fishName: text(100),
  qty: Type.Integer({ minimum: 1, maximum: 1000 }),
  // Text, not a number: the leading zero belongs to it.
  telephone: Type.String({ pattern: "^0[0-9]{8,11}$" }),
  address: text(300),
});
export type Details = Static<typeof Details>;

const order = { orderId: Id };
const details = Details.properties;
const payment = { paymentId: Id, amount: Type.Integer({ minimum: 0, description: "won" }) };
const store = { fishOrderId: Id };
const delivery = { deliveryId: Id };
const reason = { reason: text(REASON_LENGTH) };

/** Payload of every event of the system, by event name. */
export const events = {
  OrderPlaced: Type.Object({ ...order, ...details, ...payment }),
  OrderAbandoned: Type.Object({ ...order, ...reason }),
  OrderCanceled: Type.Object({ ...order, ...details, ...reason }),
  CancellationCompleted: Type.Object(order),
  PayApproved: Type.Object({ ...order, ...details, ...payment }),
  PayCanceled: Type.Object({ ...order, ...payment }),
  OrderTaken: Type.Object({ ...order, ...store }),
  OrderPrepared: Type.Object({ ...order, ...store, ...details }),
  OrderRefused: Type.Object({ ...order, ...store, ...reason }),
  StoreCanceled: Type.Object({ ...order, ...store }),
  DeliveryStarted: Type.Object({ ...order, ...delivery }),
  DeliveryCompleted: Type.Object({ ...order, ...delivery }),
  DeliveryFailed: Type.Object({ ...order, ...delivery, ...reason }),
  // handedOver: the goods had already reached the customer, so they have to be fetched back.
  DeliveryCanceled: Type.Object({ ...order, ...delivery, handedOver: Type.Boolean() }),
};
