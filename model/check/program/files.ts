import type { Fault } from "../../fault.ts";
import type { System } from "../../system.ts";
import type { File } from "../../words/value.ts";
import { at, servicesOf, unless } from "../place.ts";
import { isAbsolutePath, isBelow, staysInside } from "../spellings.ts";

/** What one ConfigMap holds, and so all texts of a part together. */
const TEXT_MAX = 2 ** 20;

/** Files that cannot be laid into a container. */
export function checkFiles(system: System): Fault[] {
  return servicesOf(system).flatMap(([name, { files = {} }]) => {
    const entries = Object.entries(files);
    return [
      ...entries.flatMap(([place, file]) => checkFile(at(system, name, `files.${place}`), place, file)),
      ...inside(
        (place) => at(system, name, `files.${place}`),
        entries.map(([place]) => place),
      ),
      ...size(at(system, name, "files"), entries),
    ];
  });
}

function checkFile(path: string, place: string, file: File): Fault[] {
  return [
    ...unless(isAbsolutePath(place), {
      kind: "file-path",
      path,
      found: `"${place}"`,
      allowed: "the absolute path of a file in the container, without dots, no closing slash",
      fix: 'write a path such as "/etc/orders/app.conf"',
    }),
    ...unless(!("from" in file) || staysInside(file.from), {
      kind: "file-from",
      path,
      found: "from" in file ? `"${file.from}"` : "",
      allowed: "a path relative to the description, and inside its folder",
      fix: "move the file beside the description",
    }),
    ...unless(!("text" in file) || !file.text.includes("\0"), {
      kind: "file-binary",
      path,
      found: "text with a zero byte",
      allowed: "text; a ConfigMap holds nothing else as it is",
      fix: "put binary files into the image, or make it a secret",
    }),
  ];
}

function inside(path: (place: string) => string, places: readonly string[]): Fault[] {
  return places.flatMap((place) => {
    const file = places.find((other) => other !== place && isBelow(place, other));
    return unless(file === undefined, {
      kind: "file-place",
      path: path(place),
      found: `"${place}", which lies inside the file "${file}"`,
      allowed: "each file in a place of its own",
      fix: "move one of the two",
    });
  });
}

function size(path: string, files: readonly (readonly [string, File])[]): Fault[] {
  const bytes = files.reduce(
    (sum, [, file]) => sum + ("text" in file ? new TextEncoder().encode(file.text).length : 0),
    0,
  );
  return unless(bytes <= TEXT_MAX, {
    kind: "file-size",
    path,
    found: `${bytes} bytes of text`,
    allowed: `${TEXT_MAX} bytes in all files of a part together`,
    fix: "put what is large into the image, or into a store",
  });
}
