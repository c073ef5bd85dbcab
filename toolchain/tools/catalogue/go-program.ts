/** A set of one program, compiled from the module of its name under `toolchain/go/`. */
export function goProgram<const N extends string>(
  purpose: string,
  version: string,
  name: N,
  package_: string,
  variables: readonly string[],
  minutes: number,
) {
  const tools = { [name]: `bin/${name}` } as { readonly [K in N]: string };
  return {
    purpose,
    version,
    tools,
    build: [{ kind: "go", module: name, packages: [package_], variables }],
    minutes,
    megabytes: 2500,
  } as const;
}
