import { Listener } from "@pulumi/aws/lb/listener.js";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";

const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** Plain HTTP is sent away to TLS. */
export function redirectToTls(name: string, loadBalancerArn: Input<string>, opts: CustomResourceOptions): void {
  new Listener(
    `${name}-http`,
    {
      loadBalancerArn,
      port: 80,
      protocol: "HTTP",
      defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
    },
    opts,
  );
}

/** TLS; a host that belongs to no system is told so. Systems add rules of their own. */
export function tlsListener(
  name: string,
  loadBalancerArn: Input<string>,
  certificateArn: Input<string>,
  opts: CustomResourceOptions,
): Listener {
  const nobody = { contentType: "text/plain", messageBody: "no such system", statusCode: "404" };
  return new Listener(
    `${name}-https`,
    {
      loadBalancerArn,
      port: 443,
      protocol: "HTTPS",
      certificateArn,
      sslPolicy: TLS_POLICY,
      defaultActions: [{ type: "fixed-response", fixedResponse: nobody }],
    },
    opts,
  );
}
