import { draftSystem } from "../../../model/draft.ts";
import { fact, template } from "../../../model/words/value.ts";

// Adopted from compose.yaml.
// What only people know is left open: `slipway plan` asks for it. Once nothing is, `draftSystem` becomes `defineSystem`.
export const database = draftSystem({
  name: "database",
  stores: {
    // mysql (mysql:8.4), compose.yaml:21
    // compose.yaml:30: mount init:/docker-entrypoint-initdb.d is not carried over: nothing runs it; `migration` of the service that owns the tables does such work
    mysql: { kind: "mysql", database: "customers" },
    // mysql (mysql:8.4), compose.yaml:21
    // compose.yaml:30: mount init:/docker-entrypoint-initdb.d is not carried over: nothing runs it; `migration` of the service that owns the tables does such work
    "mysql-invoices": { kind: "mysql", database: "invoices" },
  },
  services: {
    // compose.yaml:2
    customers: {
      from: { image: "office/customers:1" },
      answers: { http: { protocol: "http", listens: 8080 } },
      health: { ready: "/actuator/health", alive: "/actuator/health" },
      uses: {
        mysql: {}, // from SPRING_DATASOURCE_URL=jdbc:mysql://mysql:3306/customers?useSSL=false in customers, compose.yaml:6
      },
      reads: {
        SPRING_DATASOURCE_URL: fact("mysql", "jdbc"), // without ?useSSL=false
        SPRING_DATASOURCE_USERNAME: fact("mysql", "user"),
        SPRING_DATASOURCE_PASSWORD: fact("mysql", "password"),
      },
    },
    // compose.yaml:11
    invoices: {
      from: { image: "office/invoices:1" },
      answers: { "port-8080": { listens: 8080 } },
      calls: {
        customers: {}, // from CUSTOMERS_URL=http://customers:8080 in invoices, compose.yaml:16
      },
      uses: {
        "mysql-invoices": {}, // from INVOICES_DSN=office:…@tcp(mysql:3306)/invoices?parseTime=true in invoices, compose.yaml:15
      },
      reads: {
        INVOICES_DSN: template`${fact("mysql-invoices", "user")}:${fact("mysql-invoices", "password")}@tcp(${fact("mysql-invoices", "address")})/${fact("mysql-invoices", "name")}?parseTime=true`,
        CUSTOMERS_URL: fact("customers", "url"),
      },
    },
    // compose.yaml:17
    reports: {
      kind: "worker",
      from: { image: "office/reports:1" },
      uses: {
        "mysql-invoices": {}, // from ConnectionStrings__Invoices=Server=mysql;Port=3306;Database=invoices;User Id=office;Password=… in reports, compose.yaml:20
      },
      reads: {
        ConnectionStrings__Invoices: template`Server=${fact("mysql-invoices", "host")};Port=3306;Database=${fact("mysql-invoices", "name")};User Id=${fact("mysql-invoices", "user")};Password=${fact("mysql-invoices", "password")}`,
      },
    },
  },
});
