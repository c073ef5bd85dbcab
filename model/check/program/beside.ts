import type { Fault } from "../../fault.ts";
import { isDnsLabel } from "../../names.ts";
import type { System } from "../../system.ts";
import type { AnyPart, Right } from "../../words/service.ts";
import { at, list, servicesOf, unless } from "../place.ts";

/** Second programs whose names are taken, and rights in the cloud that are too many or none at all. */
export function checkBeside(system: System): Fault[] {
  return servicesOf(system).flatMap(([name, part]) => [
    ...programs(system, name, part),
    ...(part.mayAlso ?? []).flatMap((right, index) => checkRight(at(system, name, `mayAlso[${index}]`), right)),
  ]);
}

function programs(system: System, name: string, { beside = {} }: AnyPart): Fault[] {
  const taken = [name, "migration"];
  return Object.keys(beside).flatMap((program) =>
    unless(isDnsLabel(program) && !taken.includes(program), {
      kind: "beside-name",
      path: at(system, name, `beside.${program}`),
      found: `"${program}"`,
      allowed: `lower-case letters, digits and '-', first a letter; not ${list(taken)}, which are programs of this part already`,
      fix: "rename the second program",
    }),
  );
}

function checkRight(path: string, { actions, on }: Right): Fault[] {
  const star = [...actions, on].some((word) => word === "*");
  if (star)
    return [
      {
        kind: "right-star",
        path,
        found: '"*"',
        allowed: "actions and one resource by their names: a right to everything is no right that anybody can judge",
        fix: 'write what the program does, such as "s3:GetObject", and the ARN that it does it on',
      },
    ];
  return [
    ...unless(
      actions.length > 0 && actions.every((action) => /^[a-z][a-z0-9-]*:[A-Za-z][A-Za-z0-9]*\*?$/.test(action)),
      {
        kind: "right-action",
        path: `${path}.actions`,
        found: list(actions),
        allowed: 'actions of AWS such as "s3:GetObject" or "s3:Get*"',
        fix: "write the service, a colon and the action",
      },
    ),
    ...unless(/^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12})?:\S+$/.test(on) && !on.endsWith(":*"), {
      kind: "right-resource",
      path: `${path}.on`,
      found: `"${on}"`,
      allowed: 'the ARN of one resource or of what is below it, such as "arn:aws:s3:::shop-pictures/*"',
      fix: "copy the ARN of the resource",
    }),
  ];
}
