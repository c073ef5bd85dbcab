import type { SourceFile } from "./source-files.ts";

/** gRPC's own services, which are no business of the public. */
const OWN = /^grpc\./;

/** How servers in Go, Python, Java, Kotlin, C# and Node.js take up a service of that name. */
const served = (name: string): RegExp =>
  new RegExp(
    String.raw`Register${name}Server\(|add_${name}Servicer_to_server\(|${name}(?:Grpc)?(?:\.${name})?(?:Coroutine)?(?:ImplBase|Base)\b|addService\([^)]*\b${name}\b`,
  );

/** Full names of the gRPC services that a program serves itself: its protocol files name those of its neighbours too. */
export function grpcServices(files: readonly SourceFile[]): string[] {
  const code = files.filter(({ path }) => !path.endsWith(".proto"));
  const named = files.flatMap(({ path, text }) => {
    if (!path.endsWith(".proto")) return [];
    const [, within] = /^\s*package\s+([\w.]+)\s*;/m.exec(text) ?? [];
    const names = [...text.matchAll(/^\s*service\s+(\w+)/gm)].map(([, name = ""]) => name);
    return names.map((name) => ({ name, full: within === undefined ? name : `${within}.${name}` }));
  });
  const own = named.filter(({ name, full }) => !OWN.test(full) && code.some(({ text }) => served(name).test(text)));
  return [...new Set(own.map(({ full }) => full))].toSorted();
}
