import { container } from "../signals/container.ts";
import { look, panel, type Row } from "./dashboard.ts";

/** What a store that runs in pods takes of its machine. */
export function storePods(store: readonly string[]): Row {
  return {
    title: "Pods",
    panels: [
      panel("CPU", look(store, "pod"), [[container.cpu, "{{pod}}"]]),
      panel("Memory", look(store, "pod"), [
        [container.memory, "{{pod}}"],
        [container.memoryLimit, "limit {{pod}}"],
      ]),
      panel("Volume free", look(store), [[container.volumeFree, "{{persistentvolumeclaim}}"]]),
      panel("Volume free in four days", look(store), [[container.volumeSoon, "{{persistentvolumeclaim}}"]]),
      panel("Volumes being enlarged", look(store), [[container.volumeGrowing, "{{persistentvolumeclaim}}"]]),
    ],
  };
}
