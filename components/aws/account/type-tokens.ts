/** Type tokens of the parts of the AWS platform. They are part of every resource's identity: a change needs an alias. */
export const TYPE = {
  network: "slipway:aws:Network",
  cluster: "slipway:aws:Cluster",
  kafka: "slipway:aws:Kafka",
  databases: "slipway:aws:Databases",
  caches: "slipway:aws:Caches",
  images: "slipway:aws:Images",
  edge: "slipway:aws:Edge",
  alarms: "slipway:aws:Alarms",
} as const;
