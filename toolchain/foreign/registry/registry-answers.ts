/** A registry that does not answer within this is taken as one that cannot be reached. */
const TIMEOUT_MS = 4_000;
/** Docker Hub answers under another name than its images have. */
const HOSTS: ReadonlyMap<string, string> = new Map([["docker.io", "registry-1.docker.io"]]);
/** Asked once in a process. */
const asked = new Map<string, Promise<boolean>>();

/** Address of a registry's interface. On this machine it is spoken to without TLS, as all builders do. */
export function registryAddress(registry: string): string {
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+)(:\d+)?$/.test(registry);
  return `${isHere ? "http" : "https"}://${HOSTS.get(registry) ?? registry}`;
}

/** Whether a registry can be reached; any answer will do. */
export function registryAnswers(registry: string): Promise<boolean> {
  const answer =
    asked.get(registry) ??
    fetch(`${registryAddress(registry)}/v2/`, { method: "HEAD", signal: AbortSignal.timeout(TIMEOUT_MS) }).then(
      () => true,
      () => false,
    );
  asked.set(registry, answer);
  return answer;
}
