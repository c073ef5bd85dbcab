import type { Fault } from "../../fault.ts";
import { standInsOf, type StandIn } from "../../plan/stand-ins.ts";
import type { System } from "../../system.ts";
import { at, unless } from "../place.ts";
import { isPort } from "../spellings.ts";

/** As long as the name of any service may be. */
const NAME_MAX = 40;

/** Stand-ins that nobody could reach, that two say of one third party, or whose names somebody has. */
export function checkStandIns(system: System): Fault[] {
  const all = standInsOf(system);
  return all.flatMap((standIn, index) => {
    const path = at(system, standIn.service, `outside.${standIn.third}.onDev`);
    const before = all.slice(0, index);
    const first = before.find(({ host, port }) => host === standIn.host && port === standIn.port);
    return [
      ...unless(isPort(standIn.word.listens), {
        kind: "stand-in-port",
        path: `${path}.listens`,
        found: String(standIn.word.listens),
        allowed: "1 to 65535",
        fix: "write the port that the stand-in listens on",
      }),
      ...unless(first === undefined, {
        kind: "stand-in-twice",
        path,
        found: `a second stand-in for ${standIn.host}:${standIn.port}, beside that of ${first?.service}`,
        allowed: "one for each third party: everybody here who asks it asks that one on dev",
        fix: "remove one of the two",
      }),
      ...(first === undefined ? name(path, standIn, system, before) : []),
    ];
  });
}

function name(path: string, { name: own, third }: StandIn, system: System, before: readonly StandIn[]): Fault[] {
  const taken = [
    ...Object.keys(system.services),
    ...Object.keys(system.stores ?? {}),
    ...before.map((one) => one.name),
  ];
  return unless(!taken.includes(own) && own.length <= NAME_MAX, {
    kind: "stand-in-name",
    path,
    found: `"${own}", which ${own.length > NAME_MAX ? `has ${own.length} letters` : "somebody here is called already"}`,
    allowed: `a name of its own, at most ${NAME_MAX} letters: it is called "<third party>-stand-in"`,
    fix: `rename "${third}" under \`outside\``,
  });
}
