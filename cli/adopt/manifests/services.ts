import type { Protocol } from "../../../model/words/answer.ts";
import type { Port, Published } from "../program.ts";
import { get, items, type Node, textOf } from "../reading/node.ts";
import type { Note } from "../reading/place.ts";
import { type ClusterObject, type Objects, selects } from "./objects.ts";
import type { Route } from "./routes.ts";

/** The Services that lead to pods with these labels; those with a name of their own first, headless ones behind. */
export function servicesOf(labels: ReadonlyMap<string, string>, namespace: string, objects: Objects): ClusterObject[] {
  const isHeadless = ({ node }: ClusterObject) => textOf(get(node, "spec", "clusterIP")) === "None";
  return objects
    .of("Service")
    .filter((one) => one.namespace === namespace && selects(get(one.node, "spec", "selector"), labels))
    .toSorted((a, b) => rank(a) - rank(b) || Number(isHeadless(a)) - Number(isHeadless(b)));
}

/** A Service that lets the public in often stands beside the one by which the others ask. */
function rank({ node }: ClusterObject): number {
  return ["LoadBalancer", "NodePort"].includes(textOf(get(node, "spec", "type")) ?? "") ? 1 : 0;
}

/** What a container answers, by its own ports and those of its Services. */
export interface Answered {
  readonly ports: readonly Port[];
  readonly published: readonly Published[];
  readonly notes: readonly Note[];
}

interface ServicePort {
  readonly service: ClusterObject;
  readonly node: Node;
  readonly known: number;
  readonly name: string;
  readonly listens: number;
  readonly spoken: string;
}

export function answersOf(
  container: Node,
  services: readonly ClusterObject[],
  probed: readonly Port[],
  routes: readonly Route[],
): Answered {
  const own = items(get(container, "ports"));
  const led = services.flatMap((service) =>
    items(get(service.node, "spec", "ports")).map((node) => servicePort(service, node, own)),
  );
  const udp = [...own, ...led.map(({ node }) => node)].filter((node) => textOf(get(node, "protocol")) === "UDP");
  const tcp = led.filter(({ node, listens }) => textOf(get(node, "protocol")) !== "UDP" && listens > 0);
  const numbers = new Set([
    ...tcp.map(({ listens }) => listens),
    ...own.filter((node) => !udp.includes(node)).map((node) => Number(textOf(get(node, "containerPort")))),
    ...(tcp.length === 0 ? probed.map(({ listens }) => listens) : []),
  ]);
  const ports = [...numbers].map((listens) => portOf(listens, tcp, own, probed));
  return {
    ports,
    published: [...byRoutes(tcp, routes), ...byServices(tcp)],
    notes: udp.map(({ at }) => ({ at, text: "a port of UDP is not carried over: only TCP is let through" })),
  };
}

function servicePort(service: ClusterObject, node: Node, own: readonly Node[]): ServicePort {
  const known = Number(textOf(get(node, "port")));
  const target = textOf(get(node, "targetPort")) ?? String(known);
  const named = own.find((one) => textOf(get(one, "name")) === target);
  const listens = /^\d+$/.test(target) ? Number(target) : Number(textOf(get(named, "containerPort")) ?? known);
  const name = textOf(get(node, "name")) ?? "";
  return { service, node, known, listens, name, spoken: textOf(get(node, "appProtocol")) ?? name };
}

function portOf(listens: number, led: readonly ServicePort[], own: readonly Node[], probed: readonly Port[]): Port {
  const service = led.find((one) => one.listens === listens);
  const name =
    service?.name ||
    textOf(
      get(
        own.find((one) => textOf(get(one, "containerPort")) === String(listens)),
        "name",
      ),
    );
  const protocol = spoken(service?.spoken) ?? probed.find((one) => one.listens === listens)?.protocol ?? spoken(name);
  return {
    listens,
    ...(service !== undefined && service.known !== listens && { known: service.known }),
    ...(name !== undefined && name !== "" && { name }),
    ...(protocol !== undefined && { protocol }),
  };
}

function spoken(text: string | undefined): Protocol | undefined {
  if (text === undefined) return undefined;
  if (/grpc|h2c/i.test(text)) return "grpc";
  if (/^(https?|web|ws)\b|http/i.test(text)) return "http";
  return /^(tcp|tls|mysql|postgres|redis|mongo|kafka|amqp)/i.test(text) ? "tcp" : undefined;
}

function byRoutes(led: readonly ServicePort[], routes: readonly Route[]): Published[] {
  return routes.flatMap(({ service, namespace, to, ...published }) => {
    const found = led.find(
      (one) =>
        one.service.name === service &&
        one.service.namespace === namespace &&
        (to === "" || to === one.name || to === String(one.known)),
    );
    return found === undefined ? [] : [{ ...published, port: found.listens }];
  });
}

/** Services that are open to the outside by their type. */
function byServices(led: readonly ServicePort[]): Published[] {
  return led.flatMap(({ service, node, listens }) => {
    const type = textOf(get(service.node, "spec", "type")) ?? "";
    if (!["LoadBalancer", "NodePort"].includes(type)) return [];
    return [
      {
        path: "/",
        port: listens,
        at: node.at,
        because: `Service ${service.name} of type ${type}`,
        maybe: type === "NodePort",
      },
    ];
  });
}
