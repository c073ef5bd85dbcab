import { draftSystem } from "../../../model/draft.ts";
import { fact, secret, template } from "../../../model/words/value.ts";

// Adopted from compose.yaml.
// What only people know is left open: `slipway plan` asks for it. Once nothing is, `draftSystem` becomes `defineSystem`.
export const secrets = draftSystem({
  name: "secrets",
  stores: {
    // queue (rabbitmq:4-management), compose.yaml:17
    queue: { kind: "amqp", existing: "queue", database: "jobs", user: "worker", password: "queue-password" },
  },
  services: {
    // compose.yaml:2
    api: {
      from: { image: "bank/api:1" },
      answers: { http: { protocol: "http", listens: 8080 } },
      // from ports 8080:8080, compose.yaml:4
      routes: [{ path: "/" }],
      outside: {
        example: { host: "mail.example.com", port: 587 }, // from MAIL_URL=smtp://mailer:…@mail.example.com:587 in api, compose.yaml:15
      },
      uses: {
        queue: {}, // from QUEUE_URL=amqp://worker:…@queue:5672/jobs in api, compose.yaml:16
      },
      reads: {
        JWT_SECRET: secret("jwt-secret", "asked"),
        TOKEN_LIFETIME: "3600",
        MAIL_URL: template`smtp://mailer:${secret("mail-url-password", "asked")}@mail.example.com:587`,
        QUEUE_URL: fact("queue", "dsn"),
      },
      files: {
        "/run/secrets/api-key": secret("api-key", "asked"),
        "/etc/tls/tls.key": secret("tls", "asked"),
        "/etc/api/limits.ini": { text: "[limits]\na_day = 1000\n" },
      },
    },
  },
});
