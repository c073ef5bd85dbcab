import assert from "node:assert/strict";
import type { System } from "../../../model/system.ts";
import type { Service } from "../../../model/words/service.ts";
import { awsAnswers } from "../../../test/aws-answers.ts";
import { type AwsGraph, awsGraph, inputs } from "../../../test/aws-graph.ts";
import { registered } from "../../../test/golden.ts";
import { mandatoryFindings } from "../../../test/judged.ts";

const HTTP = { protocol: "http", listens: 8000 } as const;
const front: Service = {
  purpose: "a test",
  tier: "standard",
  from: { image: `example.com/front@sha256:${"0".repeat(64)}` },
  answers: { http: HTTP },
  health: { ready: "/ready", alive: "/alive" },
  slo: { declined: "a test" },
  routes: [{ path: "/front", access: "anyone" }],
};
const call = { reason: "a test", onFailure: "own", transactional: false, keptBy: { declined: "a test" } } as const;
const slow: System = {
  name: "slow",
  purpose: "a test",
  owner: "slow-team",
  services: { front, model: { ...front, routes: [{ path: "/model", access: "anyone" }] } },
  entry: { rateLimit: { perSecond: 1, burst: 1 }, maxBody: "1Ki" },
};

describe("way in on AWS", function () {
  this.timeout(30_000);
  let shop: AwsGraph;
  before(async () => void (shop = await awsGraph()));

  const listener = () => inputs(shop.of("aws:lb/listener:Listener").find(({ name }) => name === "slipway-prod-https"));

  it("speaks TLS of today and shows nothing to who names no system", () => {
    const { protocol, sslPolicy, defaultActions } = listener();
    assert.deepEqual([protocol, sslPolicy], ["HTTPS", "ELBSecurityPolicy-TLS13-1-2-2021-06"]);
    const [{ type, fixedResponse } = assert.fail("no answer")] = defaultActions as {
      type: string;
      fixedResponse: { statusCode: string };
    }[];
    assert.deepEqual([type, fixedResponse.statusCode], ["fixed-response", "404"]);
  });

  it("has a name in DNS for each system that leads to the load balancer, and from there to its pods", () => {
    const record = inputs(shop.of("aws:route53/record:Record").find(({ name }) => name === "shop-gateway"));
    assert.deepEqual([record["name"], record["type"]], ["shop.shop.example.com", "A"]);
    const balancer = shop.of("aws:lb/loadBalancer:LoadBalancer")[0];
    assert.equal(balancer?.protect, true);
    const { enableDeletionProtection, dropInvalidHeaderFields, internal } = inputs(balancer);
    assert.deepEqual([enableDeletionProtection, dropInvalidHeaderFields, internal], [true, true, false]);
    const { conditions, actions } = shop.only("aws:lb/listenerRule:ListenerRule") as {
      conditions: unknown;
      actions: unknown;
    };
    assert.deepEqual(
      [conditions, actions],
      [
        [{ hostHeader: { values: ["shop.shop.example.com"] } }],
        [{ type: "forward", targetGroupArn: "shop-gateway-id" }],
      ],
    );
  });

  it("waits for the way to the internet, without which AWS makes no public load balancer", () => {
    const [balancer] = shop.of("aws:lb/loadBalancer:LoadBalancer");
    const ways = [
      "aws:ec2/route:Route slipway-prod-public",
      ...[1, 2, 3].map((zone) => `aws:ec2/routeTableAssociation:RouteTableAssociation slipway-prod-public-${zone}`),
    ];
    for (const way of ways) assert.ok(balancer?.dependsOn?.includes(way), way);
  });

  it("points that name at this balancer and no other", async () => {
    const named = await awsGraph({}, (type, name, given) => ({
      ...awsAnswers(type, name, given),
      ...(type.startsWith("aws:lb/loadBalancer")
        ? { dnsName: "balancer.elb", zoneId: "Z2", arnSuffix: "app/balancer" }
        : {}),
    }));
    const [alias] = inputs(named.of("aws:route53/record:Record").find(({ name }) => name === "shop-gateway"))[
      "aliases"
    ] as object[];
    assert.deepEqual(alias, { name: "balancer.elb", zoneId: "Z2", evaluateTargetHealth: true });
  });

  it("may go on to the gateways' pods and nowhere else", () => {
    const out = shop.of("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule").map(inputs);
    assert.deepEqual(
      out.map(({ referencedSecurityGroupId, cidrIpv4, fromPort, toPort }) => [
        referencedSecurityGroupId,
        cidrIpv4,
        fromPort,
        toPort,
      ]),
      [["sg-cluster", undefined, 8000, 8000]],
    );
  });

  it("makes pods ready only when the load balancer has found them healthy, by the controller that is there", async () => {
    const gates = async (config: Record<string, string>) =>
      Object.keys(
        (
          inputs(
            (await awsGraph(config)).of("kubernetes:core/v1:Namespace").find(({ name }) => name === "shop-gateway"),
          )["metadata"] as { labels: object }
        ).labels,
      ).filter((label) => label.includes("readiness-gate"));
    assert.deepEqual(await gates({}), ["eks.amazonaws.com/pod-readiness-gate-inject"]);
    assert.deepEqual(await gates({ "slipway:compute": "node-groups" }), ["elbv2.k8s.aws/pod-readiness-gate-inject"]);
  });

  it("lets a pod that leaves finish: preStop outlasts the deregistration, and the grace period both with the drain", () => {
    const { deregistrationDelay } = shop.only("aws:lb/targetGroup:TargetGroup");
    const pods = inputs(
      shop.of("kubernetes:apps/v1:Deployment").find(({ name }) => name === "shop-gateway"),
    ) as unknown as {
      spec: {
        template: {
          metadata: { annotations: Record<string, string> };
          spec: {
            terminationGracePeriodSeconds: number;
            containers: [{ lifecycle: { preStop: { sleep: { seconds: number } } } }];
          };
        };
      };
    };
    const { metadata, spec } = pods.spec.template;
    const preStop = spec.containers[0].lifecycle.preStop.sleep.seconds;
    assert.ok(preStop >= 20 && preStop > Number(deregistrationDelay), "as EKS advises behind a load balancer");
    assert.ok(spec.terminationGracePeriodSeconds > preStop + Number(metadata.annotations["slipway.dev/drain-seconds"]));
  });

  it("waits for the slowest answer of all systems and for streams as long as their services do, from the balancer inwards", async () => {
    const waitsOf = async (change: Partial<Service>) => {
      const system = { ...slow, services: { ...slow.services, front: { ...front, ...change } } };
      const all = await registered({ system, stage: "prod" });
      const of = (type: string) => all.find((one) => one.type === type)?.inputs as Record<string, unknown>;
      const pods = all.find(({ type, name }) => type.endsWith(":Deployment") && name === "slow-gateway")?.inputs;
      const said = (pattern: RegExp) => pattern.exec(JSON.stringify(pods))?.[1] ?? "none";
      assert.deepEqual(mandatoryFindings(all, "prod"), []);
      return [
        of("aws:lb/loadBalancer:LoadBalancer")["idleTimeout"],
        of("aws:lb/targetGroup:TargetGroup")["deregistrationDelay"],
        ...[/"sleep":\{"seconds":(\d+)/, /gracetimeout=(\d+)s/, /"terminationGracePeriodSeconds":(\d+)/].map(said),
        ...[/idletimeout=(\d+)s/, /readtimeout=(\d+)s/].map(said),
      ].map(String);
    };
    assert.deepEqual(await waitsOf({}), ["60", "15", "20", "15", "45", "75", "none"]);
    const calls = { model: { ...call, timeout: "2m", slow: "a model thinks" } };
    assert.deepEqual(await waitsOf({ calls }), ["126", "126", "131", "126", "267", "141", "121"]);
    const answers = { http: { ...HTTP, open: "pushes what is new" } };
    const streams = { answers, needs: { stopsWithin: "3m" } };
    assert.deepEqual(await waitsOf(streams), ["60", "185", "190", "185", "385", "75", "0"]);
  });

  it("turns attacks away where asked, instead of counting them", async () => {
    const { rules } = (await awsGraph({ "slipway:firewall": "on" })).only("aws:wafv2/webAcl:WebAcl") as unknown as {
      rules: { overrideAction: object }[];
    };
    assert.ok(rules.length > 0);
    for (const { overrideAction } of rules) assert.deepEqual(overrideAction, { none: {} });
  });

  it("shows the internet one thing only: a load balancer that speaks TLS", () => {
    const open = shop
      .of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
      .filter((rule) => inputs(rule)["cidrIpv4"] === "0.0.0.0/0");
    assert.deepEqual(open.map((rule) => inputs(rule)["toPort"]).toSorted(), [443, 80]);
    const [redirect] = shop
      .of("aws:lb/listener:Listener")
      .map(inputs)
      .filter(({ port }) => port === 80) as unknown as {
      defaultActions: { type: string; redirect: { protocol: string } }[];
    }[];
    assert.deepEqual(
      [redirect?.defaultActions[0]?.type, redirect?.defaultActions[0]?.redirect.protocol],
      ["redirect", "HTTPS"],
    );
  });

  it("lets the controller of Auto Mode register pods with the load balancer: it may only where the cluster's name is", () => {
    assert.deepEqual(shop.only("aws:lb/targetGroup:TargetGroup")["tags"], {
      system: "shop",
      owner: "shop-team",
      "eks:eks-cluster-name": "slipway-prod",
    });
  });

  it("puts a web firewall before the load balancer only where asked", async () => {
    assert.equal(shop.of("aws:wafv2/webAcl:WebAcl").length, 0);
    const guarded = await awsGraph({ "slipway:firewall": "on" });
    assert.equal(guarded.only("aws:wafv2/webAcl:WebAcl")["scope"], "REGIONAL");
    const balancer = inputs(guarded.of("aws:wafv2/webAclAssociation:WebAclAssociation")[0])["resourceArn"];
    assert.equal(balancer, `${guarded.of("aws:lb/loadBalancer:LoadBalancer")[0]?.name}-id`);
  });

  it("takes a certificate that exists instead of a new one", async () => {
    const certificateArn = "arn:aws:acm:eu-central-1:111122223333:certificate/0a1b2c";
    const given = await awsGraph({ "slipway:certificateArn": certificateArn });
    assert.equal(given.of("aws:acm/certificate:Certificate").length, 0);
    assert.deepEqual(
      given
        .of("aws:lb/listener:Listener")
        .map(inputs)
        .filter(({ port }) => port === 443)
        .map((listener) => listener["certificateArn"]),
      [certificateArn],
    );
  });
});
