import assert from "node:assert/strict";
import { isAllowed, licenceOf } from "./licence.ts";

describe("a licence", () => {
  it("is allowed where all of it can be kept by naming it: one side of an OR is enough, an AND needs both", () => {
    const verdicts: readonly (readonly [expression: string, allowed: boolean])[] = [
      ["MIT", true],
      ["MIT OR GPL-3.0-only", true],
      ["(BSD-3-Clause AND Apache-2.0)", true],
      ["(MIT OR GPL-2.0-only) AND ISC", true],
      ["MIT AND GPL-3.0-only", false],
      ["(MIT AND (GPL-2.0-only OR LGPL-3.0-only))", false],
      ["(MIT) OR (GPL-3.0-only)", true],
      ["GPL-3.0-only", false],
      ["SEE LICENSE IN LICENSE", false],
      ["UNLICENSED", false],
      ["MITX", false],
      ["", false],
    ];
    for (const [expression, allowed] of verdicts) assert.equal(isAllowed(expression), allowed, expression);
  });

  it("is known by what only its text says, whatever the text says of other licences", () => {
    const texts: readonly (readonly [licence: string, text: string])[] = [
      ["MIT", "Permission is hereby granted, free of charge, to any person\n obtaining a copy of this software"],
      ["Apache-2.0", "Apache License\n      Version 2.0, January 2004"],
      ["BSD-3-Clause", "Redistribution and use in source and binary forms … Neither the name of Google Inc. nor"],
      ["BSD-2-Clause", "Redistribution and use in source and binary forms, with or without modification"],
      ["ISC", "Permission to use, copy, modify, and distribute this software for any purpose"],
      ["MPL-2.0", "Mozilla Public License, version 2.0 … means the GNU Affero General Public License, Version 3.0"],
      ["AGPL", "GNU AFFERO GENERAL PUBLIC LICENSE Version 3"],
      ["GPL", "GNU GENERAL PUBLIC LICENSE Version 2"],
      ["unknown", "Business Source License 1.1"],
    ];
    for (const [licence, text] of texts) assert.equal(licenceOf(text), licence, text);
  });
});
