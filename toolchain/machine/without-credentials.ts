const CREDENTIALS =
  /^(AWS_|KUBECONFIG$|DOCKER_|PULUMI_(ACCESS_TOKEN|CONFIG_PASSPHRASE|CONFIG_PASSPHRASE_FILE|BACKEND_URL|STACK)$)/;

/** An environment without what opens accounts, clusters, registries and stacks: for programs that need none of it, whatever the shell holds. */
export function withoutCredentials(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !CREDENTIALS.test(name)));
}
