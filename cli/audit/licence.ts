/** Licences that ask for no more than that they are kept and named, by their SPDX identifiers. */
const ALLOWED: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "MIT-0",
]);

export const ALLOWED_LICENCES = [...ALLOWED].join(", ");

/** Whether an SPDX expression can be kept by allowed licences alone: one side of an OR is enough, an AND needs both. */
export function isAllowed(expression: string): boolean {
  const text = expression.trim();
  const sides = splitOutside(text, " OR ");
  if (sides.length > 1) return sides.some(isAllowed);
  const parts = splitOutside(text, " AND ");
  if (parts.length > 1) return parts.every(isAllowed);
  return text.startsWith("(") && text.endsWith(")") ? isAllowed(text.slice(1, -1)) : ALLOWED.has(text);
}

/** Splits at a word that stands outside of all parentheses. */
function splitOutside(text: string, word: string): string[] {
  const parts: string[] = [];
  let [depth, from] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    depth += Number(text[at] === "(") - Number(text[at] === ")");
    if (depth > 0 || !text.startsWith(word, at)) continue;
    parts.push(text.slice(from, at));
    from = at + word.length;
  }
  return [...parts, text.slice(from)];
}

/** What only this licence says, the more particular first. */
const SAID: readonly (readonly [says: RegExp, licence: string])[] = [
  [/Mozilla Public License,? (version|v\.) ?2\.0/i, "MPL-2.0"], // it names those of GNU as others that may be taken
  [/GNU AFFERO GENERAL PUBLIC/i, "AGPL"],
  [/GNU LESSER GENERAL PUBLIC/i, "LGPL"],
  [/GNU GENERAL PUBLIC LICENSE/i, "GPL"],
  [/Apache License,?\s+Version 2\.0/i, "Apache-2.0"],
  [/Permission is hereby granted, free of charge, to any person obtaining a copy/i, "MIT"],
  [/Redistribution and use in source and binary forms[^]*(Neither|nor) the name/i, "BSD-3-Clause"],
  [/Redistribution and use in source and binary forms/i, "BSD-2-Clause"],
  [/Permission to use, copy, modify,? and(\/or)? distribute this software/i, "ISC"],
  [/This is free and unencumbered software released into the public domain/i, "Unlicense"],
];

/** The licence that the text of a file is; "unknown" for what nobody here has read yet. */
export function licenceOf(text: string): string {
  const words = text.replaceAll(/\s+/g, " ");
  return SAID.find(([says]) => says.test(words))?.[1] ?? "unknown";
}
