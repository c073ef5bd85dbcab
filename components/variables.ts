import { type Input, interpolate, type Output, output, secret } from "@pulumi/pulumi";
import { isSecret, type Piece, type Variables } from "../model/plan/program/pieces.ts";
import type {
  BrokerConnection,
  EntryConnection,
  Login,
  Platform,
  StoreConnection,
  TracesConnection,
} from "./platform.ts";
import { storeFact } from "./store-facts.ts";

/** Where the pieces of one program's variables come from. */
export interface Surroundings {
  readonly platform: Pick<Platform, "secret" | "traces">;
  readonly broker: BrokerConnection | null;
  readonly stores: ReadonlyMap<string, { readonly connection: StoreConnection; readonly login: Login }>;
  readonly entry: EntryConnection | null;
}

/** The variables of one program with every value; a value that holds a secret is told apart. */
export interface ResolvedVariables {
  readonly plain: Readonly<Record<string, Input<string>>>;
  readonly secret: Readonly<Record<string, Output<string>>>;
}

/** Fills in what only this place knows. */
export function resolveVariables({ settings, composed }: Variables, around: Surroundings): ResolvedVariables {
  const filled = Object.entries(composed).map(([variable, pieces]) => ({
    variable,
    hidden: pieces.some(isSecret),
    value: pieces.map((piece) => (typeof piece === "string" ? piece : valueOf(piece, around))),
  }));
  return {
    plain: {
      ...settings,
      ...Object.fromEntries(
        filled.flatMap(({ hidden, variable, value }) => (hidden ? [] : [[variable, joined(value)]])),
      ),
    },
    secret: Object.fromEntries(
      filled.flatMap(({ hidden, variable, value }) => (hidden ? [[variable, secret(joined(value))]] : [])),
    ),
  };
}

/** A lone value stays what it is: an input that is known needs no waiting. */
function joined(values: readonly Input<string>[]): Input<string> {
  const [first = "", ...others] = values;
  return others.reduce<Input<string>>((text, next) => interpolate`${text}${next}`, first);
}

function valueOf(piece: Piece, { platform, broker, stores, entry }: Surroundings): Input<string> {
  if ("secret" in piece) return platform.secret(piece.secret);
  if ("broker" in piece) return broker === null ? "" : broker[piece.broker];
  if ("place" in piece) return ofPlace(piece.place, platform.traces, entry);
  const store = stores.get(piece.store);
  if (!store) throw new Error(`the store "${piece.store}" is read but not used; call checkSystem before planSystem`);
  return storeFact(store.connection, store.login, piece.fact);
}

function ofPlace(
  place: Extract<Piece, { readonly place: string }>["place"],
  traces: TracesConnection | null,
  entry: EntryConnection | null,
): Input<string> {
  if (place === "publicUrl") return output(entry?.url ?? "");
  if (place === "traces") return traces?.url ?? "";
  return String((traces !== null) === (place === "tracesOn"));
}
