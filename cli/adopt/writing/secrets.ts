import { secretIn } from "../../../policies/judging/secrets.ts";
import { isSecretName } from "../../../policies/judging/secret-names.ts";
import type { Variable } from "../program.ts";
import { labelOf } from "./label.ts";

/** Names the secrets of a system: one value has one name, whoever reads it. */
export class Secrets {
  readonly #byValue = new Map<string, string>();
  readonly #values = new Map<string, string>();

  /** The name of a secret; `value` tells it apart from others and is kept nowhere else. */
  named(wanted: string, value: string, reader: string): string {
    const key = `${labelOf(wanted)}\0${value}`;
    const known = this.#byValue.get(key);
    if (known !== undefined) return known;
    const label = labelOf(wanted);
    const isFree = (name: string) => this.#values.get(name) === undefined || this.#values.get(name) === value;
    const name = isFree(label) ? label : labelOf(`${reader}-${wanted}`);
    this.#byValue.set(key, name);
    this.#values.set(name, value);
    return name;
  }
}

/** Whether a variable holds a secret: by what is kept under its name, or by the look of its value. */
export function isSecret({ name, told }: Variable): boolean {
  if ("secret" in told) return true;
  if ("missing" in told) return isSecretName(name);
  return (
    "text" in told &&
    told.text !== "" &&
    (secretIn(name, told.text) !== undefined || (isSecretName(name) && !/^(true|false|\d{1,4})$/.test(told.text)))
  );
}
