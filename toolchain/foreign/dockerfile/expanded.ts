/** Puts values in for `$NAME`, `${NAME}`, `${NAME:-else}` and `${NAME:+instead}`, as builders do in a `FROM`. */
export function expanded(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(
    /\$(?:(\w+)|\{(\w+)(?::?([-+])([^}]*))?\})/g,
    (_whole, plain: string | undefined, braced: string | undefined, sign: string | undefined, other = "") => {
      const value = values.get(plain ?? braced ?? "") ?? "";
      if (sign === "-") return value === "" ? expanded(other as string, values) : value;
      if (sign === "+") return value === "" ? "" : expanded(other as string, values);
      return value;
    },
  );
}
