import type { Fault } from "../../fault.ts";
import { answerOf, planAnswers } from "../../plan/edges/answers.ts";
import type { System } from "../../system.ts";
import type { OwnIssuer } from "../../words/access.ts";
import type { AnyPart } from "../../words/service.ts";
import { servicesOf, unknownName, unless } from "../place.ts";

/** An audience that no token can name, and an issuer that is none. */
export function checkSignIn(system: System): Fault[] {
  const { name, signIn } = system;
  if (signIn === undefined) return [];
  return [
    ...unless(/^[^\s"\\]{1,200}$/.test(signIn.audience), {
      kind: "sign-in-audience",
      path: `${name}: signIn.audience`,
      found: `"${signIn.audience}"`,
      allowed: "one word of at most 200 letters, as tokens name it",
      fix: `write "${name}", or the address of the system`,
    }),
    ...(signIn.issuer === undefined ? [] : issuerFaults(system, signIn.issuer)),
  ];
}

function issuerFaults(system: System, issuer: OwnIssuer): Fault[] {
  const path = `${system.name}: signIn.issuer`;
  return [
    ...whoSigns(system, path, issuer),
    ...unless(/^(\/[\w.~-]+)+$/.test(issuer.keys), {
      kind: "sign-in-keys",
      path: `${path}.keys`,
      found: `"${issuer.keys}"`,
      allowed: "the path at which the service shows its public keys, without a query",
      fix: 'write a path such as "/.well-known/jwks.json"',
    }),
    ...unless(issuer.name === undefined || /^\S{1,200}$/.test(issuer.name), {
      kind: "sign-in-name",
      path: `${path}.name`,
      found: `"${issuer.name}"`,
      allowed: "what its tokens carry as `iss`, in one word",
      fix: "write it as the program does, or leave it out for the public address of the system",
    }),
  ];
}

/** Whether there is a service that can show its keys over HTTP. */
function whoSigns(system: System, path: string, { service, answer: named }: OwnIssuer): Fault[] {
  const part = system.services[service] as AnyPart | undefined;
  const answers = part ? planAnswers(part) : [];
  if (part === undefined || answers.length === 0 || (part.kind ?? "service") !== "service") {
    const able = servicesOf(system).filter(([, one]) => (one.kind ?? "service") === "service");
    const names = able.map(([name]) => name);
    return [unknownName("sign-in-service", `${path}.service`, service, names, "service that answers")];
  }
  const answer = answerOf(answers, named);
  const http = answers.filter(({ protocol }) => protocol === "http").map(({ name }) => name);
  return answer?.protocol === "http"
    ? []
    : [unknownName("sign-in-answer", `${path}.answer`, named ?? answer?.name ?? "", http, `http answer of ${service}`)];
}
