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

/** Seconds for which a browser that was here comes by TLS only: a year. */
const TLS_ONLY_SECONDS = 31_536_000;

/** TLS, and by nothing else from then on; a host that belongs to no system is told so. Systems add rules of their own. */
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
      routingHttpResponseStrictTransportSecurityHeaderValue: `max-age=${TLS_ONLY_SECONDS}`,
      defaultActions: [{ type: "fixed-response", fixedResponse: nobody }],
    },
    opts,
  );
}
