import { visibleLines } from "../../../model/harmless/visible.ts";
import { BuildFault } from "../build-fault.ts";

/** Lines of the step that failed, which the fault repeats. */
const LAST_LINES = 15;

/** Reads what BuildKit prints by `--progress plain`, the builder of Docker too: which step does what, and which one failed. */
export class BuildLog {
  readonly #titles = new Map<string, string>();
  readonly #lines = new Map<string, string[]>();
  readonly #end: string[] = [];
  #failed: { readonly step: string; readonly reason: string } | undefined;

  /** Takes a line; returns what is being done when it says so. */
  read(line: string): string | undefined {
    this.#end.push(line);
    if (this.#end.length > LAST_LINES * 2) this.#end.shift();
    const [, step, text = ""] = /^#(\d+) (.*)$/.exec(line) ?? [];
    if (step === undefined) return undefined;
    const reason = /^ERROR: (.*)$/.exec(text)?.[1];
    const printed = /^\d+\.\d+ (.*)$/.exec(text)?.[1];
    if (reason !== undefined) this.#failed = { step, reason };
    else if (printed !== undefined) this.#keep(step, printed);
    else if (/^\[/.test(text)) {
      this.#titles.set(step, text);
      return text;
    }
    return undefined;
  }

  /** What is wrong with the Dockerfile at `file`; undefined when the builder failed before it came to that. */
  fault(file: string): BuildFault | undefined {
    const line = this.#find(/^Dockerfile:(\d+)$|^\S*?:(\d+)$/);
    const place = line === undefined ? file : `${file}, line ${line}`;
    if (this.#failed !== undefined && this.#titles.has(this.#failed.step)) return this.#stepFault(place, this.#failed);
    const said = this.#find(/failed to solve: (.*)$/);
    if (said === undefined) return undefined;
    return new BuildFault(`${place} cannot be built: ${shown(said)}`, "mend the Dockerfile and run the command again");
  }

  #stepFault(place: string, { step, reason }: { readonly step: string; readonly reason: string }): BuildFault {
    const title = shown(this.#titles.get(step) ?? "");
    const code = /exit code: (\d+)/.exec(reason)?.[1];
    const printed = this.#lines.get(step) ?? [];
    const ended = code === undefined ? `failed: ${shown(reason)}` : `ended with exit code ${code}`;
    const last =
      printed.length === 0 ? "" : `. Its last lines:\n${printed.map((text) => `  ${shown(text)}`).join("\n")}`;
    return new BuildFault(
      `${place}: step "${title}" ${ended}${last}`,
      code === "137"
        ? "give the machine more memory: the step was killed"
        : "mend the step and run the command again; the steps before it are kept",
    );
  }

  #keep(step: string, text: string): void {
    const lines = this.#lines.get(step) ?? [];
    lines.push(text);
    if (lines.length > LAST_LINES) lines.shift();
    this.#lines.set(step, lines);
  }

  #find(form: RegExp): string | undefined {
    const found = this.#end.map((line) => form.exec(line)).findLast((match) => match !== null);
    return found?.slice(1).find((group) => group !== undefined);
  }
}

function shown(text: string): string {
  return visibleLines(text, 400);
}
