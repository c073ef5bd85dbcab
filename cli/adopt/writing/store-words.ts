import type { ExistingStore, Store } from "../../../model/words/store.ts";
import type { StoreFound } from "../stores/found.ts";
import { plainText, toldOf } from "../stores/recognise.ts";

/** A store in the words of the model; what it keeps is left open. */
export function storeWord(store: StoreFound): Omit<Store, "keeps"> | ExistingStore {
  const { kind, existing, database, program, known, name } = store;
  if (!existing) {
    const isDefault = database === name.replaceAll("-", "_") && kind !== "topic";
    return { kind: kind as Store["kind"], ...(database !== undefined && !isDefault && { database }) };
  }
  const [user, password] = [toldOf(program, known.user), toldOf(program, known.password)];
  const login = plainText(user);
  const hasLogin = login !== undefined && login !== "" && user !== undefined && "text" in user;
  return {
    kind,
    existing: name,
    ...(database !== undefined && { database }),
    ...(hasLogin && { user: login }),
    ...(hasLogin && password !== undefined && { password: `${name}-password` }),
  };
}
