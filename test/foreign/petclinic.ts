import { defineSystem } from "../../model/system.ts";
import { fact, secret } from "../../model/words/value.ts";
import { answers, call, entry, outside, slow, standard } from "./as-they-are.ts";

const build = (name: string, port: number) =>
  ({
    build: ".",
    dockerfile: "docker/Dockerfile",
    args: { ARTIFACT_NAME: `spring-petclinic-${name}`, EXPOSED_PORT: String(port) },
  }) as const;

const program = (name: string, port: number) =>
  ({
    from: build(name, port),
    ...standard,
    answers: answers("http", port),
    health: "spring",
    measured: { prometheus: "micrometer", path: "/actuator/prometheus" },
    traces: "zipkin",
    needs: { memory: "512Mi", startsWithin: "3m" },
  }) as const;

const database = {
  SPRING_PROFILES_ACTIVE: "docker,mysql",
  SPRING_DATASOURCE_URL: fact("petclinic", "jdbc"),
  SPRING_DATASOURCE_USERNAME: fact("petclinic", "user"),
  SPRING_DATASOURCE_PASSWORD: fact("petclinic", "password"),
} as const;
const migration = { itself: "every service creates its own tables at its start" } as const;
const spring = { "config-server": call(), "discovery-server": call() } as const;

/** Spring Petclinic, the microservices: eight Spring Boot programs of one Dockerfile on one database. */
export const petclinic = defineSystem({
  name: "petclinic",
  purpose: "Looks after pets",
  owner: "clinic",
  entry,
  stores: { petclinic: { kind: "mysql", keeps: "every write" } },
  services: {
    "config-server": {
      purpose: "Hands out settings from a repository",
      ...program("config-server", 8888),
      scale: { one: "clones a repository into memory" },
      outside: { github: { ...outside("github.com"), reason: "the repository of the settings" } },
    },
    "discovery-server": {
      purpose: "Knows who is where",
      ...program("discovery-server", 8761),
      scale: { one: "its register is in memory" },
      calls: { "config-server": call() },
    },
    "customers-service": {
      purpose: "Knows owners and pets",
      ...program("customers-service", 8081),
      calls: spring,
      uses: { petclinic: { may: "change", shared: "one schema since the monolith" } },
      migration,
      reads: database,
    },
    "visits-service": {
      purpose: "Knows visits",
      ...program("visits-service", 8082),
      calls: spring,
      uses: { petclinic: { may: "change", shared: "foreign keys to pets" } },
      migration,
      reads: database,
    },
    "vets-service": {
      purpose: "Knows vets",
      ...program("vets-service", 8083),
      calls: spring,
      uses: { petclinic: { may: "change", shared: "one schema since the monolith" } },
      migration,
      reads: database,
    },
    "genai-service": {
      purpose: "Answers questions",
      ...program("genai-service", 8084),
      calls: { ...spring, "vets-service": call(), "customers-service": call() },
      outside: { openai: outside("api.openai.com") },
      reads: { OPENAI_API_KEY: secret("openai-key", "asked") },
    },
    "api-gateway": {
      purpose: "Serves the page and passes calls on",
      ...program("api-gateway", 8080),
      routes: [{ path: "/", access: "anyone" }],
      calls: {
        ...spring,
        "customers-service": call(),
        "visits-service": call(),
        "vets-service": call(),
        "genai-service": slow("10s"),
      },
    },
    "admin-server": {
      kind: "worker",
      purpose: "Shows the state of the others to people inside",
      from: build("admin-server", 9090),
      ...standard,
      health: { ready: "/actuator/health", alive: "/actuator/health", port: 9090 },
      needs: { memory: "512Mi", startsWithin: "3m" },
      scale: { one: "keeps its view in memory" },
      calls: { ...spring, "customers-service": call(), "api-gateway": call() },
    },
  },
});
