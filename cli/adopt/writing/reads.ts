import { isSecretName } from "../../../policies/judging/secret-names.ts";
import { secretIn } from "../../../policies/judging/secrets.ts";
import type { Fact } from "../../../model/words/value.ts";
import { stemOf } from "../edges/database-in.ts";
import { isTopicName, type Read } from "../edges/graph.ts";
import type { Mention } from "../edges/mentions.ts";
import { placeText } from "../reading/place.ts";
import { askedAnswer } from "./answers.ts";
import { type Code, type Entry, entry, factCode, secretCode, valueOf } from "./code.ts";
import { comment } from "./comment.ts";
import type { Reader } from "./reader.ts";
import { isSecret } from "./secrets.ts";
import { type Span, withSpans } from "./spans.ts";
import { credentials, ofStore, ofUse, usesOf } from "./store-facts.ts";

/** The variables of a service, and what of them is not carried over. */
export function readsOf(reader: Reader): { readonly entries: readonly Entry[]; readonly comments: readonly string[] } {
  const entries: Entry[] = [];
  const comments: string[] = [];
  for (const read of reader.vertex.reads) {
    const written = readEntry(reader, read);
    if (typeof written === "string") comments.push(`${written}, ${placeText(read.variable.at)}`);
    else entries.push(written);
  }
  return { entries, comments };
}

function readEntry(reader: Reader, read: Read): Entry | string {
  const { name, told } = read.variable;
  if ("fact" in told) return entry(name, factCode("self", told.fact));
  if (isOfPlatform(reader, read)) return `${name} is left out: \`traces\` sets it`;
  const known = ofStore(reader, read) ?? ofTopic(reader, read) ?? portBeside(reader, read);
  if (known !== undefined) return entry(name, known);
  if ("missing" in told && !isSecret(read.variable))
    return name === "*"
      ? `not carried over: ${told.missing} is not among what was read`
      : `not set: ${name}${told.missing === name ? "" : `, from ${told.missing}`}, which nobody says`;
  return valueEntry(reader, read);
}

function valueEntry(reader: Reader, read: Read): Entry | string {
  const { name, told } = read.variable;
  const spans = read.mentions.flatMap((mention) => spanOf(reader, read, mention));
  const all = [...spans, ...credentials(reader, read), ...thirdParties(reader, read), ...passwords(reader, read)];
  const isWhole = spans.some(({ start, end }) => start === 0 && end === read.text.length);
  const written = withSpans(read.text, [...all, ...openSecrets(reader, read)]);
  const left = leftOf(written);
  const isKept = "text" in told && secretIn(name, left) === undefined && (all.length > 0 || !isSecret(read.variable));
  if (!isWhole && !isKept) return entry(name, secretCode(secretName(reader, read)), [], insideSecret(read));
  const hole = "text" in told ? told.holes?.find((one) => left.includes(`\${${one}}`)) : undefined;
  if (hole !== undefined) return `not set: ${hole} in ${name}, which nobody says`;
  return entry(name, written, [], all.length > 0 ? lost(read, all) : strangerIn(reader, read));
}

/** What stays of a text as it is. */
function leftOf(written: Code): string {
  const value = valueOf(written);
  if (typeof value === "string") return value;
  const { template = [] } = Object(value) as { readonly template?: readonly string[] };
  return template.join("");
}

/** Secrets that a text names and nobody sets. */
function openSecrets({ secrets, vertex }: Reader, { text, variable: { told } }: Read): Span[] {
  const holes = "text" in told ? (told.holes ?? []) : [];
  return holes.filter(isSecretName).flatMap((hole) => {
    const start = text.indexOf(`\${${hole}}`);
    const leaf = secretCode(secrets.named(hole, `missing ${hole}`, vertex.name));
    return start < 0 ? [] : [{ start, end: start + hole.length + 3, leaf }];
  });
}

/** Nobody may write what stands in a secret; who keeps it has to know that names may be others now. */
function insideSecret({ mentions: [mention] }: Read): string | undefined {
  return mention && comment(`has the address of ${mention.host} in it, which stays as it is`);
}

function secretName({ secrets, vertex }: Reader, { variable: { name, told } }: Read): string {
  if ("secret" in told) return secrets.named(told.secret, told.secret, vertex.name);
  return secrets.named(name, "missing" in told ? `missing ${told.missing}` : JSON.stringify(told), vertex.name);
}

/** An address of nobody who is described: it stays as it is, and leads nowhere. */
function strangerIn({ vertex }: Reader, { text, mentions, variable: { told } }: Read): string | undefined {
  if (!("text" in told) || mentions.length > 0) return undefined;
  const [, host = ""] =
    /^(?:[a-z][a-z0-9+.-]*:\/\/)?([a-z][a-z0-9-]*(?:\.[a-z0-9.-]+\.(?:local|internal|lan))?):\d+(?:\/\S*)?$/i.exec(
      text,
    ) ?? [];
  return ["", "localhost", vertex.program.name, ...vertex.program.aliases].includes(host)
    ? undefined
    : comment(`nobody here is called ${host}: nothing lets it through`);
}

/** What stood behind an address that became a fact. */
function lost({ text }: Read, spans: readonly Span[]): string | undefined {
  const isWhole = spans.some(({ start, end }) => start === 0 && end === text.length);
  const behind = isWhole ? /\?[^\s]*$/.exec(text)?.[0] : undefined;
  return behind === undefined || /pass|secret|token/i.test(behind) ? undefined : comment(`without ${behind}`);
}

/** Standard variables of what sends traces are the platform's. */
function isOfPlatform({ graph }: Reader, { variable, mentions }: Read): boolean {
  const leads = mentions.some(({ program }) => {
    const as = graph.roleOf(program)?.as;
    return as !== undefined && "traces" in as;
  });
  return leads && /^(OTEL_EXPORTER_|MANAGEMENT_ZIPKIN_)/.test(variable.name);
}

/** The port of a neighbour whose host stands in a variable beside this one. */
function portBeside({ vertex, graph, answersOf }: Reader, { variable, text }: Read) {
  const host = vertex.reads.find((other) => {
    const stem = stemOf(other.variable.name);
    return (
      stem !== "" &&
      variable.name.toUpperCase() === `${stem}PORT` &&
      other.mentions.some(({ portBeside: port }) => String(port) === text)
    );
  });
  const call = vertex.calls.find(({ to }) => to === host?.mentions[0]?.program);
  const answer = call && askedAnswer(answersOf(call.to), call);
  return call && answer && String(answer.known ?? answer.listens) === text
    ? factCode(graph.nameOf(call.to), "port")
    : undefined;
}

function ofTopic({ vertex }: Reader, { text, variable }: Read) {
  if (!isTopicName(variable.name)) return undefined;
  const store = vertex.uses.find(({ to }) => to.kind === "topic" && to.database === text);
  return store && factCode(store.to.name, "topic");
}

function spanOf(reader: Reader, read: Read, mention: Mention): Span[] {
  const as = reader.graph.roleOf(mention.program)?.as;
  if (as === undefined) return ofCall(reader, mention);
  // The fact is a whole address; a program that puts one together itself keeps the words it has.
  if ("traces" in as)
    return mention.scheme === undefined
      ? []
      : [{ start: mention.from, end: mention.end, leaf: factCode("self", "traces") }];
  const uses = usesOf(reader, mention.program);
  const use =
    uses.find(({ to }) => to.database !== undefined && read.text.slice(mention.end).includes(to.database)) ?? uses[0];
  return use === undefined ? [] : ofUse(use.to, read.text, mention);
}

function ofCall({ vertex, graph, answersOf }: Reader, mention: Mention): Span[] {
  const call = vertex.calls.find(({ to }) => to === mention.program);
  if (call === undefined) return [];
  const answers = answersOf(mention.program);
  const chosen = askedAnswer(answers, call);
  const name = graph.nameOf(mention.program);
  const port = chosen && (chosen.known ?? chosen.listens);
  const span = (fact: Fact, start = mention.start): Span[] => [{ start, end: mention.end, leaf: factCode(name, fact) }];
  const isHttp =
    mention.scheme === "http" && chosen?.protocol !== undefined && chosen.protocol !== "tcp" && !mention.login;
  if (isHttp && (mention.port ?? 80) === port) return span("url", mention.from);
  if (mention.port === port && port !== undefined) return span("address");
  const hostEnd = mention.start + mention.host.length;
  return name === mention.host && mention.port !== undefined
    ? []
    : [{ start: mention.start, end: hostEnd, leaf: factCode(name, "host") }];
}

/** The password in an address of nobody here. */
function passwords({ secrets, vertex }: Reader, { text, variable: { name } }: Read): Span[] {
  const place = /:\/\/[^\s/:@]*:([^\s/@]+)@/d.exec(text)?.indices?.[1];
  if (place === undefined) return [];
  const secret = secrets.named(`${name}-password`, text.slice(...place), vertex.name);
  return [{ start: place[0], end: place[1], leaf: secretCode(secret) }];
}

/** The address of a third party is a fact, so that a stand-in can take its place on dev. */
function thirdParties({ outside }: Reader, { text }: Read): Span[] {
  return outside.flatMap(({ name, host, port = 443 }) => {
    const scheme = port === 443 ? "https" : "http";
    const written = [`${scheme}://${host}:${port}`, `${scheme}://${host}`].find(
      (one) => text.startsWith(one) && /^([/?#]|$)/.test(text.slice(one.length)),
    );
    return written === undefined ? [] : [{ start: 0, end: written.length, leaf: factCode(`outside/${name}`, "url") }];
  });
}
