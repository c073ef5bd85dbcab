/** Every circle that a walk along the imports comes upon, from its alphabetically first file back to it. */
export function importCircles(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const circles = new Set<string>();
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): void => {
    const begin = way.indexOf(file);
    if (begin >= 0) circles.add(named(way.slice(begin)));
    if (begin >= 0 || done.has(file)) return;
    for (const next of imports.get(file) ?? []) walk(next, [...way, file]);
    done.add(file);
  };
  for (const file of imports.keys()) walk(file, []);
  return [...circles].toSorted();
}

function named(circle: readonly string[]): string {
  const first = circle.indexOf(circle.toSorted()[0] ?? "");
  return [...circle.slice(first), ...circle.slice(0, first + 1)].join(" → ");
}
