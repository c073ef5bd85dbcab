/** What the annotations of an Ingress ask of AWS's load balancer controller. */

import type { Ingress } from "./routes.ts";

const PREFIX = "alb.ingress.kubernetes.io/";

const noted = ({ metadata }: Ingress, name: string): string | undefined => metadata.annotations?.[PREFIX + name];

/** True for an Ingress that an application load balancer serves. */
export function isBalanced(ingress: Ingress): boolean {
  const named = ingress.props.spec?.ingressClassName ?? ingress.metadata.annotations?.["kubernetes.io/ingress.class"];
  return named === undefined
    ? Object.keys(ingress.metadata.annotations ?? {}).some((name) => name.startsWith(PREFIX))
    : /\balb\b/.test(named);
}

/** True when the balancer speaks TLS: on the ports it is told, with the certificate it is told or finds by the hosts. */
export function balancerEndsTls(ingress: Ingress): boolean {
  if (!isBalanced(ingress)) return false;
  const ports = noted(ingress, "listen-ports");
  return ports === undefined ? noted(ingress, "certificate-arn") !== undefined : /"HTTPS"/.test(ports);
}

/** How targets are registered: nodes unless it is said otherwise. */
export function targetType(ingress: Ingress): string {
  return noted(ingress, "target-type") ?? "instance";
}

/** The action that a backend with port `use-annotation` names; undefined where no annotation describes it. */
export function actionOf(ingress: Ingress, name: string): unknown {
  const text = noted(ingress, `actions.${name}`);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return {};
  }
}
