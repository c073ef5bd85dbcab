import type { ToolSet } from "./recipe.ts";

/** What only the tests run. */
export const testTools = {
  promtool: {
    purpose: "checks and tests of rules",
    version: "2.42",
    tools: { promtool: "bin/promtool" },
    installed: { program: "promtool", arguments: ["--version"], from: "2.42", below: "4" },
    build: [{ kind: "debian", packages: ["prometheus"], programs: { promtool: "usr/bin/promtool" } }],
    minutes: 0.2,
    megabytes: 200,
  },
  mariadb: {
    purpose: "a real database for the tests of the reference services",
    version: "10.11",
    tools: { mariadbd: "root/usr/sbin/mariadbd" }, // the tests lead it to its libraries and messages
    installed: { program: "mariadbd", arguments: ["--version"], from: "10.11", below: "12" },
    build: [
      {
        kind: "debian",
        packages: [
          "mariadb-server-core",
          "libaio1",
          "libnuma1",
          "libpcre2-8-0",
          "liburing2",
          "libsystemd0",
          "libgcrypt20",
          "libgpg-error0",
          "liblz4-1",
        ],
        programs: {},
      },
    ],
    minutes: 0.2,
    megabytes: 200,
  },
  postgres: {
    purpose: "a real database for the tests of what prepares databases",
    version: "15",
    tools: { postgres: "root/usr/lib/postgresql/15/bin/postgres" }, // the tests lead it to its libraries
    installed: { program: "postgres", arguments: ["--version"], from: "15", below: "19" },
    build: [
      {
        kind: "debian",
        packages: [
          "postgresql-15",
          "postgresql-client-15",
          "libpq5",
          "libldap-2.5-0",
          "libsasl2-2",
          "libgssapi-krb5-2",
          "libkrb5-3",
          "libk5crypto3",
          "libkrb5support0",
          "libkeyutils1",
          "libcom-err2",
          "libicu72",
          "libxml2",
          "liblz4-1",
          "libsystemd0",
          "libgcrypt20",
          "libgpg-error0",
          "libpam0g",
          "libaudit1",
          "libcap-ng0",
        ],
        programs: {},
      },
    ],
    minutes: 0.3,
    megabytes: 120,
  },
} as const satisfies Record<string, ToolSet>;
