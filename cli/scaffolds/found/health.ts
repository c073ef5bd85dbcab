import type { Health } from "../../../model/words/answer.ts";
import type { Framework } from "./frameworks.ts";
import { firstMatch, type SourceFile } from "./source-files.ts";

/** How health can be asked, and from which file that follows. */
export interface HealthFound {
  readonly health: Health;
  readonly because: string;
}

const GRPC_HEALTH =
  /grpc[._]health|grpc\.health\.v1|HealthServicer|MapGrpcHealthChecksService|grpc-health|HealthStatusManager/;
/** A path in quotes whose last part is a word of health, perhaps behind the method. */
const HEALTH_PATH =
  /["'`](?:GET )?(\/(?:[\w.-]+\/)*_?(?:health|healthz|ready|readyz|readiness|live|livez|liveness|alive)(?:\/(?:ready|live|readiness|liveness))?)["'`]/g;

/** ASP.NET's own template and Aspire's map their checks for developers alone. */
const IN_DEVELOPMENT = /IsDevelopment\(\)\)?\s*\{[^}]*MapHealthChecks|\.MapDefaultEndpoints\(/;

/** Health as the sources let it be asked; what nobody wrote is declined with that reason. */
export function healthOf(files: readonly SourceFile[], framework: Framework | undefined): HealthFound {
  if (framework?.name === "Spring Boot with actuator") return { health: "spring", because: "the actuator answers" };
  if (framework?.protocol === "grpc") {
    const found = firstMatch(files, GRPC_HEALTH);
    if (found) return { health: "grpc", because: `${found.path} has the health service of gRPC` };
    return {
      health: { connects: "its sources register no health service of gRPC" },
      because: "no health service of gRPC was found",
    };
  }
  const developers = firstMatch(files, IN_DEVELOPMENT);
  if (developers)
    return {
      health: { declined: "maps its health checks in development only" },
      because: `${developers.path} maps checks in development only`,
    };
  const paths = files.flatMap(({ path, text }) =>
    [...text.matchAll(HEALTH_PATH)].map(([, found = ""]) => ({ found, path })),
  );
  const ready = paths.find(({ found }) => /read/.test(found)) ?? paths[0];
  const alive =
    paths.find(({ found }) => /live/.test(found)) ?? paths.find(({ found }) => !/read/.test(found)) ?? ready;
  if (ready && alive)
    return {
      health: { ready: ready.found, alive: alive.found },
      because: `${ready.path} has ${ready.found}; see that ${alive.found} asks no database`,
    };
  return {
    health: { declined: "no path that tells its health was found in its sources" },
    because: "no health path was found",
  };
}
