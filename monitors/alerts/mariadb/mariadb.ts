import type { Alert } from "../../alert.ts";
import { seesDatabase, type Scope } from "../../scope.ts";
import { copyAlerts } from "./copies.ts";
import { mariadbDown } from "./down.ts";
import { loadAlerts } from "./load.ts";
import { restarted } from "./restarted.ts";
import { serverOf } from "./server.ts";

/** The database server of a system; none for a system without databases, or where the cloud runs and watches it. */
export function mariadbAlerts(scope: Scope): Alert[] {
  if (!seesDatabase(scope)) return [];
  const server = serverOf(scope);
  return [mariadbDown(server), ...loadAlerts(server), ...copyAlerts(server), restarted(scope, server)];
}
