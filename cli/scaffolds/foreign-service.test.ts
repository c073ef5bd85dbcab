import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkSystem } from "../../model/check.ts";
import { planSystem } from "../../model/plan.ts";
import { STAGES } from "../../model/stage.ts";
import type { System } from "../../model/system.ts";
import type { AnyPart, Service } from "../../model/words/service.ts";
import { pushByHand } from "../../toolchain/foreign/registry/push-by-hand.ts";
import { throwAwayRegistry } from "../../toolchain/foreign/registry/throw-away-registry.ts";
import { entryText } from "./entry-text.ts";
import { lookAt } from "./found/look-at.ts";

type Files = Readonly<Record<string, string>>;
type Wanted = Partial<Record<keyof AnyPart, unknown>>;

const http = (listens: number) => ({ http: { protocol: "http", listens } });
const grpc = (listens: number) => ({ grpc: { protocol: "grpc", listens } });

/** A program of each kind, what its entry has to say, and what it leaves open. */
const PROGRAMS: readonly [string, Files, Wanted, RegExp][] = [
  [
    "Spring Boot with actuator and Micrometer",
    {
      Dockerfile:
        'FROM maven:3 AS build\nUSER root\nFROM eclipse-temurin:21-jre\nUSER 1000\nENTRYPOINT ["java", "-jar", "/app.jar"]\n',
      "pom.xml":
        "<artifactId>spring-boot-starter-actuator</artifactId><artifactId>micrometer-registry-prometheus</artifactId>",
      "src/main/resources/application.properties": "server.port=9966\nspring.datasource.url=${DB_URL:jdbc:h2:mem}\n",
    },
    {
      answers: http(9966),
      health: "spring",
      measured: { prometheus: "micrometer", path: "/actuator/prometheus" },
      needs: { user: 1000, memory: "512Mi", startsWithin: "3m" },
      routes: [{ path: "/orders" }],
    },
    /Found: starts java -jar \/app\.jar\n[^]*Not known: what it reads; its sources name DB_URL/,
  ],
  [
    "Spring Boot without actuator",
    {
      Dockerfile: "FROM eclipse-temurin:21\n",
      "build.gradle": 'implementation "org.springframework.boot:spring-boot-starter-web"',
    },
    {
      answers: http(8080),
      health: { declined: "no path that tells its health was found in its sources" },
      measured: "gateway",
    },
    /port 8080: the usual one of such programs; nothing says it/,
  ],
  [
    "FastAPI behind uvicorn",
    {
      Dockerfile:
        'FROM python:3.13-slim\nEXPOSE 8000\nUSER app\nCMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "8081"]\n',
      "requirements.txt": "fastapi==0.116\nuvicorn\n",
      "main.py":
        '@app.get("/ready")\ndef ready(): ...\n@app.get("/livez")\ndef alive(): ...\nurl = os.environ["DATABASE_URL"]\n',
    },
    { answers: http(8081), health: { ready: "/ready", alive: "/livez" }, measured: "gateway", needs: undefined },
    /starts as "app", whose number only the image knows[^]*DATABASE_URL/,
  ],
  [
    "Go with gRPC and its health service",
    {
      Dockerfile:
        'FROM golang:1.25 AS build\nFROM gcr.io/distroless/static\nUSER 65532:65532\nEXPOSE 5050\nENTRYPOINT ["/server"]\n',
      "go.mod": "module x\nrequire google.golang.org/grpc v1.76.0\n",
      "main.go":
        'import "google.golang.org/grpc/health/grpc_health_v1"\nfunc main() { s := grpc.NewServer(); pb.RegisterCartServer(s, &cart{}) }\n',
      "protos/shop.proto":
        'syntax = "proto3";\npackage shop.v1;\nservice Cart { rpc Get(Key) returns (Items) {} }\nservice Payment {}\n',
    },
    { answers: grpc(5050), health: "grpc", needs: { user: 65_532 }, routes: [{ path: "/shop.v1.Cart" }] },
    /the route lets everybody outside in/,
  ],
  [
    "Python with gRPC and no health service",
    {
      Dockerfile: "FROM python:3\n",
      "server.py": 'server = grpc.server(pool)\nserver.add_insecure_port("[::]:7001")\n',
    },
    {
      answers: grpc(7001),
      health: { connects: "its sources register no health service of gRPC" },
      routes: [{ path: "/", host: "orders" }],
    },
    /no health service of gRPC was found/,
  ],
  [
    "Go with HTTP that calls others by gRPC",
    {
      Dockerfile: "FROM scratch\n",
      "go.mod": "require google.golang.org/grpc v1.76.0\n",
      "main.go":
        'c, _ := grpc.NewClient(os.Getenv("CART_ADDR"))\nhttp.HandleFunc("/_healthz", ok)\nhttp.ListenAndServe(":9090", nil)\n',
    },
    { answers: http(9090), health: { ready: "/_healthz", alive: "/_healthz" } },
    /CART_ADDR/,
  ],
  [
    "ASP.NET Core",
    {
      Dockerfile: "FROM mcr.microsoft.com/dotnet/aspnet:9.0\nENV ASPNETCORE_HTTP_PORTS=8090\n",
      "Catalog.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web">',
      "Program.cs": 'app.MapHealthChecks("/health"); app.MapHealthChecks("/alive");',
    },
    { answers: http(8090), health: { ready: "/health", alive: "/alive" } },
    /asks no database/,
  ],
  [
    "ASP.NET Core that maps its checks for developers",
    {
      Dockerfile: "FROM mcr.microsoft.com/dotnet/aspnet:9.0\n",
      "Catalog.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web">',
      "Extensions.cs": 'if (app.Environment.IsDevelopment()) { app.MapHealthChecks("/health"); }',
    },
    { answers: http(8080), health: { declined: "maps its health checks in development only" } },
    /Extensions\.cs maps checks in development only/,
  ],
  [
    "nginx on a port that elsewhere is root's",
    { Dockerfile: "FROM nginx:1.29\nEXPOSE 80\n" },
    { answers: http(80) },
    /port 80/,
  ],
  [
    "Express",
    {
      Dockerfile: "FROM node:24\n",
      "package.json": '{"dependencies": {"express": "5"}}',
      "index.js": "app.listen(3100)",
    },
    { answers: http(3100) },
    /index\.js/,
  ],
  [
    "something that names no port",
    { Dockerfile: 'FROM ruby:3\nCMD ["ruby", "mailer.rb"]\n', "mailer.rb": "loop {}" },
    { kind: "worker", answers: undefined, routes: undefined },
    /nothing names a port, so it is a worker here/,
  ],
];

describe("the entry of a program that is there already", () => {
  let folder = "";
  let home = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-found-"));
    home = join(folder, "systems/shop");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (files: Files) =>
    Object.entries(files).forEach(([path, text]) => {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), text);
    });
  const described = async (from: string): Promise<{ text: string; part: AnyPart; system: System }> => {
    const text = entryText("orders", await lookAt(from, home));
    const file = join(folder, `${Math.random()}.ts`); // a module is loaded once
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    writeFileSync(file, description(text));
    const { shop } = (await import(file)) as { shop: System };
    return { text, system: shop, part: shop.services["orders"] as AnyPart };
  };

  /** The same once somebody has said who may call it; nothing else is open. */
  const answered = (system: System): System => {
    const { routes = [], ...orders } = system.services["orders"] as AnyPart;
    const asked = routes.length > 0 ? ["missing-word shop/orders: routes[0].access"] : [];
    assert.deepEqual(
      checkSystem(system).map(({ kind, path }) => `${kind} ${path}`),
      asked,
    );
    if (routes.length === 0) return system;
    const said = routes.map((route) => ({ ...route, access: "anyone" as const }));
    return { ...system, services: { ...system.services, orders: { ...orders, routes: said } as Service } };
  };

  for (const [what, files, wanted, says] of PROGRAMS)
    it(`is right for ${what}, and can be planned when it is said who may call it`, async () => {
      write(Object.fromEntries(Object.entries(files).map(([path, text]) => [`orders/${path}`, text])));
      const { text, part, system } = await described(join(home, "orders"));
      for (const stage of STAGES) planSystem(answered(system), stage);
      for (const [word, value] of Object.entries(wanted)) assert.deepEqual(part[word as keyof AnyPart], value, word);
      assert.deepEqual(part.from, { build: "orders" });
      assert.match(text, says);
    });

  it("names a Dockerfile that is called otherwise", async () => {
    write({ "docker/Dockerfile.prod": "FROM a\nEXPOSE 8081\n" });
    const { part } = await described(join(home, "docker/Dockerfile.prod"));
    assert.deepEqual(part.from, { build: "docker", dockerfile: "Dockerfile.prod" });
  });

  it("is what a published image says of itself, in comments that stay comments", async () => {
    const registry = await throwAwayRegistry(folder);
    try {
      const image = `${registry.address}/shop/x:1`;
      const config = { ExposedPorts: { "8088/tcp": {} }, User: "1234", Cmd: ["serve\n      }, process.exit(1), {"] };
      await pushByHand(image, [Buffer.from("a layer of this image")], { os: "linux", architecture: "amd64", config });
      const { text, part, system } = await described(image);
      assert.deepEqual(checkSystem(answered(system)), []);
      assert.deepEqual([part.from, part.answers, part.needs], [{ image }, http(8088), { user: 1234 }]);
      assert.match(text, /\/\/ Found: starts serve\\n {6}\}, process/);
    } finally {
      registry.close();
    }
  });

  it("says that an image could not be looked at, and passes all the same", async () => {
    const { text, system } = await described("127.0.0.1:9/shop/x:1");
    assert.deepEqual(checkSystem(answered(system)), []);
    assert.match(text, /Not known: what is in the image: 127\.0\.0\.1:9 does not answer/);
  });

  it("may lie beside the description, whose entry leads there", async () => {
    writeFileSync(join(folder, "Dockerfile"), "FROM a\n");
    assert.deepEqual((await lookAt(folder, home)).source, { build: "../.." });
  });

  it("is refused where there is neither folder, Dockerfile nor image, with what is there", async () => {
    await assert.rejects(lookAt("./nowhere", folder), /there is no folder, and which is no name of an image/);
    write({ "docker/Dockerfile": "FROM a\n" });
    writeFileSync(join(folder, "Dockerfile"), "FROM a\n");
    await assert.rejects(lookAt(home, home), /there is no Dockerfile in .*\n?.*docker\/Dockerfile/);
  });
});

const description = (
  entry: string,
): string => `import { defineSystem } from ${JSON.stringify(join(import.meta.dirname, "../../model/system.ts"))};
export const shop = defineSystem({
  name: "shop",
  purpose: "Sells",
  owner: "shop",
  services: {
${entry}
    front: { purpose: "Shows", tier: "standard", slo: { declined: "not yet" }, from: { image: "front:1" }, answers: { http: { protocol: "http", listens: 8080 } }, health: { declined: "none" }, measured: "gateway", routes: [{ path: "/", access: "anyone" }] },
  },
  entry: { rateLimit: { perSecond: 50, burst: 100 }, maxBody: "64Ki" },
});
`;
