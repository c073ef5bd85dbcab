import { firstMatch, type SourceFile } from "./source-files.ts";

/** What programs of one framework have in common. */
export interface Framework {
  readonly name: string;
  readonly protocol: "http" | "grpc";
  /** Port it listens on unless told otherwise. */
  readonly port: number;
  /** Where that port is written in settings or commands. */
  readonly portPattern?: RegExp;
  readonly slowStart?: boolean;
}
interface Known extends Framework {
  /** Files that a program of it has, and what stands in one of them. */
  readonly files: RegExp;
  readonly pattern: RegExp;
}

const GRPC_SERVER =
  /grpc\.NewServer\(|grpc\.(?:aio\.)?server\(|MapGrpcService|new (?:grpc\.)?Server\(\)|ServerBuilder\.forPort|@GrpcService/;
const LIBRARY =
  /(^|\/)(pom\.xml|.*\.gradle(\.kts)?|go\.mod|requirements\.txt|pyproject\.toml|package\.json|Pipfile|.*\.[cf]sproj)$/;

/** The first that fits is taken, so those that say more come first. */
const KNOWN: readonly Known[] = [
  {
    name: "Spring Boot with actuator",
    files: LIBRARY,
    pattern: /spring-boot-starter-actuator/,
    protocol: "http",
    port: 8080,
    portPattern: /server\.port\s*[=:]\s*(?:\$\{\w+:)?(\d+)|^server:\s*\n(?:\s+.*\n)*?\s+port:\s*(?:\$\{\w+:)?(\d+)/m,
    slowStart: true,
  },
  {
    name: "Spring Boot",
    files: LIBRARY,
    pattern: /spring-boot-starter/,
    protocol: "http",
    port: 8080,
    portPattern: /server\.port\s*[=:]\s*(?:\$\{\w+:)?(\d+)/,
    slowStart: true,
  },
  {
    name: "a gRPC server",
    files: /\.(go|py|java|kt|cs|js|mjs|cjs|ts)$/,
    pattern: GRPC_SERVER,
    protocol: "grpc",
    port: 50_051,
    portPattern: /["'`](?:\[?::\]?|0\.0\.0\.0)?:(\d{4,5})["'`]/,
  },
  { name: "ASP.NET Core", files: /\.[cf]sproj$/, pattern: /Microsoft\.NET\.Sdk\.Web/, protocol: "http", port: 8080 },
  { name: "FastAPI", files: LIBRARY, pattern: /\bfastapi\b/i, protocol: "http", port: 8000 },
  { name: "Flask", files: LIBRARY, pattern: /\bflask\b/i, protocol: "http", port: 5000 },
  { name: "Django", files: LIBRARY, pattern: /\bdjango\b/i, protocol: "http", port: 8000 },
  {
    name: "a Node.js server",
    files: /package\.json$/,
    pattern: /"(express|fastify|koa|@nestjs\/core|hono|next)"\s*:/,
    protocol: "http",
    port: 3000,
    portPattern: /listen\(\s*(\d{2,5})/,
  },
  {
    name: "a Go server",
    files: /\.go$/,
    pattern: /http\.ListenAndServe|gin\.(Default|New)\(|echo\.New\(|chi\.NewRouter\(/,
    protocol: "http",
    port: 8080,
    portPattern: /["'`]:(\d{2,5})["'`]/,
  },
];

/** The framework of a program and where it shows; undefined where none is known. */
export function frameworkOf(files: readonly SourceFile[]): { framework: Framework; path: string } | undefined {
  for (const { files: named, pattern, ...framework } of KNOWN) {
    const found = firstMatch(
      files.filter(({ path }) => named.test(path)),
      pattern,
    );
    if (found) return { framework, path: found.path };
  }
  return undefined;
}
