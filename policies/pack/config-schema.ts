/** What a policy configuration may hold; readConfiguration checks names of rules and limits, which a schema cannot. */

import type { PolicyConfigSchema } from "@pulumi/policy";

export const configSchema: PolicyConfigSchema = {
  properties: {
    tier: { type: "string", enum: ["critical", "standard", "dev"], description: "How strict the thresholds are" },
    facts: {
      type: "object",
      additionalProperties: false,
      description: "What other stacks own; a rule that misses a fact says unknown",
      properties: {
        zones: { type: "integer", minimum: 1, description: "Zones in which pods can run" },
        nodeTypes: { type: "object", description: "Cores and bytes that a node type offers to pods" },
        maxConnections: { type: "integer", minimum: 1, description: "Connections that the database accepts" },
        brokers: { type: "integer", minimum: 1, description: "Brokers of a Kafka cluster of another stack" },
        scrapeAnnotations: { type: "boolean", description: "Prometheus follows prometheus.io/scrape annotations" },
        today: { type: "string", format: "date", description: "The day that judges what has a date" },
        existing: {
          type: "array",
          items: { type: "string" },
          description: "namespace/name of objects that exist without being declared here",
        },
      },
    },
    limits: { type: "object", description: "Thresholds by rule id, then by name" },
    levels: { type: "object", description: "mandatory, advisory or disabled by rule id" },
    exemptions: {
      type: "array",
      description: "Written permission to break a rule for a while",
      items: {
        type: "object",
        required: ["rule", "reason", "owner", "expires"],
        properties: {
          rule: { type: "string" },
          resource: { type: "string" },
          namespace: { type: "string" },
          reason: { type: "string" },
          owner: { type: "string" },
          expires: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
        },
      },
    },
  },
};
